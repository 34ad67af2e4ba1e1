#include <algorithm>
#include <cfloat>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "boundary.h"
#include "normalizer.h"
#include "piece_trie.h"

using csentencepiece::allocate;
using csentencepiece::Normalizer;
using csentencepiece::PieceTrie;
using sentencepiece::util::Status;

namespace {

/// The kinds of pieces, as `sentencepiece_model.proto` numbers them.
enum Kind : uint8_t { normal = 1, unknown = 2, userDefined = 4 };

/// What an unknown character costs more than the rarest piece.
constexpr float unknownPenalty = 10;

/// The best way to a place: its last piece, and where that begins.
struct Step {
  float score;
  int32_t begin;
  int32_t id;
};

constexpr int32_t unreached = -1;

/// The length of a well-formed character by its first byte; `spaceSign` is one byte.
inline int32_t characterLength(uint8_t first) {
  if (first < 0xC0 || first == csentencepiece::spaceSign) return 1;
  return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

std::string_view pieceText(const CSentencePiece_Pieces &pieces, size_t index) {
  const size_t begin = index == 0 ? 0 : pieces.ends[index - 1];
  return {reinterpret_cast<const char *>(pieces.bytes) + begin, pieces.ends[index] - begin};
}

std::vector<std::string_view> userDefinedPieces(const CSentencePiece_Pieces &pieces) {
  std::vector<std::string_view> texts;
  for (size_t index = 0; index < pieces.count; ++index) {
    if (pieces.kinds[index] == userDefined) texts.push_back(pieceText(pieces, index));
  }
  return texts;
}

/// The pieces that text becomes.
PieceTrie trie(const CSentencePiece_Pieces &pieces) {
  std::vector<PieceTrie::Entry> entries;
  for (size_t index = 0; index < pieces.count; ++index) {
    if (pieces.kinds[index] != normal && pieces.kinds[index] != userDefined) continue;
    std::vector<uint8_t> bytes;
    csentencepiece::appendFolded(pieceText(pieces, index), bytes);
    entries.push_back({bytes, static_cast<int32_t>(index), pieces.scores[index]});
  }
  return PieceTrie(std::move(entries));
}

}  // namespace

struct CSentencePiece_Unigram {
  CSentencePiece_Unigram(const CSentencePiece_Pieces &pieces,
                         const CSentencePiece_Normalization &normalization)
      : normalizer(normalization, userDefinedPieces(pieces)), trie(::trie(pieces)) {
    float least = FLT_MAX;
    // The library begins with the least positive number, not the least number.
    float greatest = FLT_MIN;
    for (size_t index = 0; index < pieces.count; ++index) {
      if (pieces.kinds[index] == unknown) unknownID = static_cast<int32_t>(index);
      if (pieces.kinds[index] != normal) continue;
      least = std::min(least, pieces.scores[index]);
      greatest = std::max(greatest, pieces.scores[index]);
    }
    unknownScore = least - unknownPenalty;
    bonuses.resize(pieces.count);
    for (size_t index = 0; index < pieces.count; ++index) {
      if (pieces.kinds[index] != userDefined) continue;
      hasBonuses = true;
      bonuses[index] = pieceText(pieces, index).size() * greatest - 0.1;
    }
  }

  /// The score of a piece: user-defined ones get one that wins over all others.
  double score(const PieceTrie::Node &node) const {
    if (hasBonuses && bonuses[node.value] != 0) return bonuses[node.value];
    return node.score;
  }

  Normalizer normalizer;
  PieceTrie trie;
  int32_t unknownID = 0;
  float unknownScore;
  bool hasBonuses = false;
  /// The scores of user-defined pieces; 0 for all others.
  std::vector<double> bonuses;
};

namespace {

/// Takes a way to a place if it is the first one or better. Sums are of double precision and stored in
/// single, as in the library's version 0.1.97 (0.2.3 adds in single): that decides between ways that
/// are nearly as good.
template <typename Score>
inline void offer(Step &step, Score score, int32_t begin, int32_t id) {
  if (step.begin != unreached && !(score > step.score)) return;
  step = {static_cast<float>(score), begin, id};
}

/// Finds the best way to every place in normalised text, which a zero byte ends.
///
/// Viterbi's algorithm for a unigram model (Kudo, arXiv 1804.10959). Pieces are offered by their
/// begin, then by their length, and the first of equals stays.
template <bool hasBonuses>
void findSteps(const CSentencePiece_Unigram &model, const uint8_t *text, int32_t size,
               Step *steps) {
  const PieceTrie::Node *nodes = model.trie.nodes();
  for (int32_t begin = 0; begin < size;) {
    const float before = steps[begin].score;
    const int32_t character = std::min(characterLength(text[begin]), size - begin);
    bool isKnown = false;
    uint32_t node = PieceTrie::root;
    for (int32_t end = begin;;) {
      // No piece holds a zero byte: the walk ends at the text's end at the latest.
      const uint32_t next = nodes[node].base ^ text[end];
      const PieceTrie::Node &piece = nodes[next];
      if (piece.parent != node) break;
      node = next;
      ++end;
      if (piece.value < 0) continue;
      const double score = hasBonuses ? model.score(piece) : piece.score;
      offer(steps[end], score + before, begin, piece.value);
      isKnown |= end - begin == character;
    }
    if (!isKnown) {
      offer(steps[begin + character], model.unknownScore + before, begin, model.unknownID);
    }
    begin += character;
  }
}

/// Gives the ids of the way to the end, runs of unknown characters as one.
void collect(const CSentencePiece_Unigram &model, const Step *steps, int32_t size, int32_t **ids,
             size_t *count) {
  const auto walk = [&](auto body) {
    bool afterUnknown = false;
    for (int32_t end = size; end > 0; end = steps[end].begin) {
      const bool isUnknown = steps[end].id == model.unknownID;
      if (!(isUnknown && afterUnknown)) body(steps[end].id);
      afterUnknown = isUnknown;
    }
  };
  size_t total = 0;
  walk([&](int32_t) { ++total; });
  *ids = allocate<int32_t>(total);
  *count = total;
  int32_t *last = *ids + total;
  walk([&](int32_t id) { *--last = id; });
}

}  // namespace

CSentencePiece_Unigram *CSentencePiece_makeUnigram(
    const CSentencePiece_Pieces *pieces, const CSentencePiece_Normalization *normalization) {
  try {
    return new CSentencePiece_Unigram(*pieces, *normalization);
  } catch (...) {
    return nullptr;
  }
}

void CSentencePiece_freeUnigram(CSentencePiece_Unigram *model) { delete model; }

bool CSentencePiece_encodeUnigram(const CSentencePiece_Unigram *model, const char *text,
                                  size_t length, int32_t **ids, size_t *count,
                                  CSentencePiece_Message *message) {
  return csentencepiece::guarded(message, [&]() -> Status {
    std::vector<uint8_t> normalized;
    model->normalizer.normalize({text, length}, normalized);
    if (normalized.size() >= INT32_MAX) throw std::length_error("the text is over 2 GiB long");
    *count = 0;
    if (normalized.empty()) return Status();
    const auto size = static_cast<int32_t>(normalized.size());
    normalized.push_back(0);
    std::vector<Step> steps(normalized.size(), {0, unreached, 0});
    if (model->hasBonuses) {
      findSteps<true>(*model, normalized.data(), size, steps.data());
    } else {
      findSteps<false>(*model, normalized.data(), size, steps.data());
    }
    collect(*model, steps.data(), size, ids, count);
    return Status();
  });
}

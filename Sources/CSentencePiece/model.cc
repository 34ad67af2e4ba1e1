#include "boundary.h"

#include <memory>
#include <string>
#include <vector>

using csentencepiece::allocate;
using csentencepiece::guarded;
using sentencepiece::util::Status;

namespace {

absl::string_view view(const char *text, size_t length) {
  return length == 0 ? absl::string_view() : absl::string_view(text, length);
}

}  // namespace

CSentencePiece_Model *CSentencePiece_load(const void *bytes, size_t count,
                                          CSentencePiece_Message *message) {
  std::unique_ptr<CSentencePiece_Model> model;
  const bool loaded = guarded(message, [&]() -> Status {
    model = std::make_unique<CSentencePiece_Model>();
    return model->processor.LoadFromSerializedProto(
        view(static_cast<const char *>(bytes), count));
  });
  return loaded ? model.release() : nullptr;
}

void CSentencePiece_free(CSentencePiece_Model *model) { delete model; }

int32_t CSentencePiece_size(const CSentencePiece_Model *model) {
  return model->processor.GetPieceSize();
}

const char *CSentencePiece_piece(const CSentencePiece_Model *model, int32_t id, size_t *count) {
  const std::string &piece = model->processor.IdToPiece(id);
  *count = piece.size();
  return piece.data();
}

bool CSentencePiece_encode(const CSentencePiece_Model *model, const char *text, size_t length,
                           int32_t **ids, size_t *count, CSentencePiece_Message *message) {
  return guarded(message, [&]() -> Status {
    std::vector<int> encoded;
    const Status status = model->processor.Encode(view(text, length), &encoded);
    if (!status.ok()) return status;
    *ids = allocate<int32_t>(encoded.size());
    *count = encoded.size();
    for (size_t index = 0; index < encoded.size(); ++index) (*ids)[index] = encoded[index];
    return status;
  });
}

bool CSentencePiece_encodePieces(const CSentencePiece_Model *model, const char *text,
                                 size_t length, CSentencePiece_Piece **pieces, size_t *count,
                                 CSentencePiece_Message *message) {
  return guarded(message, [&]() -> Status {
    sentencepiece::ImmutableSentencePieceText encoded;
    const Status status = model->processor.Encode(view(text, length), encoded.mutable_proto());
    if (!status.ok()) return status;
    const size_t size = encoded.pieces_size();
    *pieces = allocate<CSentencePiece_Piece>(size);
    *count = size;
    for (size_t index = 0; index < size; ++index) {
      const auto piece = encoded.pieces(static_cast<int>(index));
      (*pieces)[index] = {static_cast<int32_t>(piece.id()), piece.begin(), piece.end()};
    }
    return status;
  });
}

bool CSentencePiece_decode(const CSentencePiece_Model *model, const int32_t *ids, size_t count,
                           char **text, size_t *length, CSentencePiece_Message *message) {
  return guarded(message, [&]() -> Status {
    std::string decoded;
    const Status status =
        model->processor.Decode(std::vector<int>(ids, ids + count), &decoded);
    if (!status.ok()) return status;
    *text = allocate<char>(decoded.size());
    *length = decoded.size();
    if (!decoded.empty()) std::memcpy(*text, decoded.data(), decoded.size());
    return status;
  });
}

void CSentencePiece_release(void *array) { std::free(array); }

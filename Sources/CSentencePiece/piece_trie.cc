#include "piece_trie.h"

#include <algorithm>
#include <deque>

namespace csentencepiece {

namespace {

using Entry = PieceTrie::Entry;
using Node = PieceTrie::Node;

/// The nodes that are free near the array's end, as a ring of a list.
///
/// Children are looked for among the last blocks only, which bounds the time of each node; what
/// stays free before them is a few percent.
class FreeNodes {
 public:
  explicit FreeNodes(std::vector<Node> &nodes) : nodes_(nodes) { addBlock(); }

  /// A base where a node of each label is free.
  uint32_t base(const std::vector<uint8_t> &labels) {
    for (uint32_t node = next_[head]; node != head; node = next_[node]) {
      const uint32_t base = (node - 1) ^ labels[0];
      const bool fits = std::all_of(labels.begin(), labels.end(), [&](uint8_t label) {
        return isFree_[base ^ label];
      });
      if (fits) return base;
    }
    const auto block = static_cast<uint32_t>(nodes_.size());
    addBlock();
    return block;
  }

  void take(uint32_t node) {
    if (!isFree_[node]) return;
    isFree_[node] = false;
    next_[previous_[node + 1]] = next_[node + 1];
    previous_[next_[node + 1]] = previous_[node + 1];
  }

 private:
  static constexpr uint32_t blockSize = 256;
  static constexpr uint32_t openBlocks = 16;
  /// The list's place 0; node n has place n + 1.
  static constexpr uint32_t head = 0;

  void addBlock() {
    const auto begin = static_cast<uint32_t>(nodes_.size());
    nodes_.resize(begin + blockSize, {0, PieceTrie::none, -1, 0});
    isFree_.resize(nodes_.size(), true);
    next_.resize(nodes_.size() + 1, head);
    previous_.resize(nodes_.size() + 1, head);
    for (uint32_t place = begin + 1; place <= begin + blockSize; ++place) {
      previous_[place] = previous_[head];
      next_[place] = head;
      next_[previous_[head]] = place;
      previous_[head] = place;
    }
    if (begin < openBlocks * blockSize) return;
    const uint32_t closed = begin - openBlocks * blockSize;
    for (uint32_t node = closed; node < closed + blockSize; ++node) take(node);
  }

  std::vector<Node> &nodes_;
  std::vector<bool> isFree_;
  std::vector<uint32_t> next_ = {head};
  std::vector<uint32_t> previous_ = {head};
};

/// A node whose children are to be made: those of the entries from `begin` to `end`, which agree in
/// the first `depth` bytes.
struct Pending {
  uint32_t node;
  size_t begin, end, depth;
};

}  // namespace

PieceTrie::PieceTrie(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry &a, const Entry &b) { return a.bytes < b.bytes; });
  FreeNodes free(nodes_);
  free.take(root);
  // Breadth first: the nodes near the root, where all walks pass, lie together.
  std::deque<Pending> queue = {{root, 0, entries.size(), 0}};
  std::vector<uint8_t> labels;
  while (!queue.empty()) {
    Pending at = queue.front();
    queue.pop_front();
    while (at.begin < at.end && entries[at.begin].bytes.size() == at.depth) {
      nodes_[at.node].value = entries[at.begin].value;
      nodes_[at.node].score = entries[at.begin].score;
      ++at.begin;
    }
    if (at.begin == at.end) continue;
    labels.clear();
    for (size_t index = at.begin; index < at.end; ++index) {
      const uint8_t label = entries[index].bytes[at.depth];
      if (labels.empty() || labels.back() != label) labels.push_back(label);
    }
    const uint32_t base = free.base(labels);
    nodes_[at.node].base = base;
    size_t begin = at.begin;
    for (const uint8_t label : labels) {
      size_t end = begin;
      while (end < at.end && entries[end].bytes[at.depth] == label) ++end;
      free.take(base ^ label);
      nodes_[base ^ label].parent = at.node;
      queue.push_back({base ^ label, begin, end, at.depth + 1});
      begin = end;
    }
  }
}

size_t PieceTrie::longestPrefix(std::string_view text) const {
  size_t longest = 0;
  uint32_t node = root;
  for (size_t position = 0; position < text.size(); ++position) {
    node = step(node, static_cast<uint8_t>(text[position]));
    if (node == none) break;
    if (nodes_[node].value >= 0) longest = position + 1;
  }
  return longest;
}

}  // namespace csentencepiece

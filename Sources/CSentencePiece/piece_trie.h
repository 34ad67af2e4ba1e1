#ifndef CSENTENCEPIECE_PIECE_TRIE_H
#define CSENTENCEPIECE_PIECE_TRIE_H

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace csentencepiece {

/// A trie of byte sequences without zero bytes, as a double array (Aoe 1989,
/// <https://doi.org/10.1109/32.31365>): the child of node n by byte b is `base of n ^ b`, if that
/// node's parent is n.
class PieceTrie {
 public:
  /// A sequence with what it stands for.
  struct Entry {
    std::vector<uint8_t> bytes;
    /// At least 0.
    int32_t value;
    float score;
  };

  /// A node; `value` is -1 where no sequence ends.
  struct Node {
    uint32_t base;
    uint32_t parent;
    int32_t value;
    float score;
  };

  static constexpr uint32_t root = 0;
  static constexpr uint32_t none = UINT32_MAX;

  /// A trie without sequences.
  PieceTrie() : PieceTrie(std::vector<Entry>()) {}

  /// A trie of distinct sequences, none of them empty.
  explicit PieceTrie(std::vector<Entry> entries);

  const Node *nodes() const { return nodes_.data(); }

  /// The child of a node; `none` where there is none.
  uint32_t step(uint32_t node, uint8_t byte) const {
    const uint32_t next = nodes_[node].base ^ byte;
    return nodes_[next].parent == node ? next : none;
  }

  /// The length of the longest sequence that a text begins with; 0 where there is none.
  size_t longestPrefix(std::string_view text) const;

 private:
  std::vector<Node> nodes_;
};

}  // namespace csentencepiece

#endif

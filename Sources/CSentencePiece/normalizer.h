#ifndef CSENTENCEPIECE_NORMALIZER_H
#define CSENTENCEPIECE_NORMALIZER_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "CSentencePiece.h"
#include "piece_trie.h"

namespace csentencepiece {

/// U+2581, which stands for a space, as one byte: no UTF-8 has it. Every word begins with the sign,
/// so that two steps of a walk are saved for each.
constexpr uint8_t spaceSign = 0xFF;

/// Appends UTF-8 text, with U+2581 as `spaceSign`.
void appendFolded(std::string_view text, std::vector<uint8_t> &output);

/// The normaliser of a model: what its `normalizer_spec` says, byte for byte as the library does it.
class Normalizer {
 public:
  /// `table` is a sound table of normalisations, or empty.
  Normalizer(const CSentencePiece_Normalization &settings,
             const std::vector<std::string_view> &userDefined);

  /// Normalises any bytes. The output is well-formed UTF-8 but for `spaceSign`.
  void normalize(std::string_view input, std::vector<uint8_t> &output) const;

 private:
  /// How a text begins: what becomes of its first `length` bytes.
  struct Prefix {
    std::string_view text;
    size_t length;
  };

  void indexASCII();
  uint8_t plainForm(uint8_t byte) const;
  Prefix prefix(std::string_view input) const;
  size_t longestRule(std::string_view input, std::string_view *text) const;
  std::string_view skipLeadingSpaces(std::string_view input) const;
  size_t appendASCII(std::string_view input, bool *afterSpace,
                     std::vector<uint8_t> &output) const;
  void append(std::string_view text, bool *afterSpace, std::vector<uint8_t> &output) const;

  bool addsSpace_, addsSpaceAtEnd_, removesSpaces_;
  uint8_t space_;
  std::vector<uint32_t> units_;
  std::string texts_;
  PieceTrie userDefined_;
  /// What an ASCII byte becomes before another one; 0 where that takes a look at the rules.
  std::array<uint8_t, 256> plain_{};
};

}  // namespace csentencepiece

#endif

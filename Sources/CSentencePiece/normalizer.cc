#include "normalizer.h"

#include <cstring>

namespace csentencepiece {

namespace {

// Units of a double array as Darts-clone lays them out.
uint32_t offset(uint32_t unit) { return (unit >> 10) << ((unit & (1U << 9)) >> 6); }
bool hasLeaf(uint32_t unit) { return (unit >> 8) & 1; }
bool isLabeled(uint32_t unit, uint8_t byte) { return (unit & 0x800000FFU) == byte; }

bool isTrail(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// The length of the character that a text begins with; 0 where it is malformed.
size_t characterLength(std::string_view text) {
  const auto byte = [&](size_t index) { return static_cast<uint8_t>(text[index]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (size_t index = 1; index < length; ++index) {
    if (!isTrail(byte(index))) return 0;
  }
  // Overlong forms, surrogates, and what lies above U+10FFFF.
  const uint8_t second = byte(1);
  const bool isOutside = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                         (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return isOutside ? 0 : length;
}

}  // namespace

void appendFolded(std::string_view text, std::vector<uint8_t> &output) {
  for (size_t index = 0; index < text.size(); ++index) {
    if (text[index] == '\xE2' && text.compare(index, 3, "\xE2\x96\x81") == 0) {
      output.push_back(spaceSign);
      index += 2;
    } else {
      output.push_back(static_cast<uint8_t>(text[index]));
    }
  }
}

Normalizer::Normalizer(const CSentencePiece_Normalization &settings,
                       const std::vector<std::string_view> &userDefined)
    : addsSpace_(settings.addsDummyPrefix && !settings.treatsWhitespaceAsSuffix),
      addsSpaceAtEnd_(settings.addsDummyPrefix && settings.treatsWhitespaceAsSuffix),
      removesSpaces_(settings.removesExtraWhitespaces),
      space_(settings.escapesWhitespaces ? spaceSign : ' ') {
  if (settings.tableSize > 4) {
    uint32_t size;
    std::memcpy(&size, settings.table, 4);
    units_.resize(size / 4);
    std::memcpy(units_.data(), settings.table + 4, size);
    texts_.assign(reinterpret_cast<const char *>(settings.table) + 4 + size,
                  settings.tableSize - 4 - size);
  }
  std::vector<PieceTrie::Entry> entries;
  for (size_t index = 0; index < userDefined.size(); ++index) {
    const auto *bytes = reinterpret_cast<const uint8_t *>(userDefined[index].data());
    entries.push_back({{bytes, bytes + userDefined[index].size()}, 0, 0});
  }
  userDefined_ = PieceTrie(std::move(entries));
  indexASCII();
}

void Normalizer::indexASCII() {
  for (int byte = 1; byte < 0x80; ++byte) {
    plain_[byte] = plainForm(static_cast<uint8_t>(byte));
  }
}

uint8_t Normalizer::plainForm(uint8_t byte) const {
  if (userDefined_.step(PieceTrie::root, byte) != PieceTrie::none) return 0;
  if (units_.empty()) return byte;
  const uint32_t index = offset(units_[0]) ^ byte;
  const uint32_t unit = units_[index];
  if (!isLabeled(unit, byte)) return byte;
  const uint32_t children = index ^ offset(unit);
  for (int next = 0; next < 0x80; ++next) {
    if (isLabeled(units_[children ^ next], static_cast<uint8_t>(next))) return 0;
  }
  if (!hasLeaf(unit)) return byte;
  const char *text = &texts_[units_[children] & 0x7FFFFFFFU];
  const bool isPlain = text[0] != 0 && static_cast<uint8_t>(text[0]) < 0x80 && text[1] == 0;
  return isPlain ? static_cast<uint8_t>(text[0]) : 0;
}

size_t Normalizer::longestRule(std::string_view input, std::string_view *text) const {
  if (units_.empty()) return 0;
  size_t longest = 0;
  uint32_t place = 0;
  uint32_t index = offset(units_[0]);
  for (size_t position = 0; position < input.size(); ++position) {
    const auto byte = static_cast<uint8_t>(input[position]);
    index ^= byte;
    const uint32_t unit = units_[index];
    if (!isLabeled(unit, byte)) break;
    index ^= offset(unit);
    if (hasLeaf(unit)) {
      longest = position + 1;
      place = units_[index] & 0x7FFFFFFFU;
    }
  }
  if (longest > 0) *text = std::string_view(&texts_[place]);
  return longest;
}

Normalizer::Prefix Normalizer::prefix(std::string_view input) const {
  if (const size_t length = userDefined_.longestPrefix(input)) {
    return {input.substr(0, length), length};
  }
  std::string_view text;
  if (const size_t length = longestRule(input, &text)) return {text, length};
  const size_t length = characterLength(input);
  if (length == 0) return {"\xEF\xBF\xBD", 1};
  return {input.substr(0, length), length};
}

std::string_view Normalizer::skipLeadingSpaces(std::string_view input) const {
  while (!input.empty()) {
    const Prefix next = prefix(input);
    if (next.text != " ") break;
    input.remove_prefix(next.length);
  }
  return input;
}

/// Appends ASCII up to where a rule may apply, and gives the number of bytes that took.
size_t Normalizer::appendASCII(std::string_view input, bool *afterSpace,
                               std::vector<uint8_t> &output) const {
  const size_t begin = output.size();
  // A byte is taken if the next one is ASCII too: rules compose letters with marks after them.
  size_t run = 0;
  while (run < input.size() && plain_[static_cast<uint8_t>(input[run])] != 0) ++run;
  if (run > 0 && run < input.size() && static_cast<uint8_t>(input[run]) >= 0x80) --run;
  output.resize(begin + run);
  uint8_t *end = output.data() + begin;
  bool after = *afterSpace;
  for (size_t index = 0; index < run; ++index) {
    const uint8_t byte = plain_[static_cast<uint8_t>(input[index])];
    const bool isSpace = byte == ' ';
    *end = isSpace ? space_ : byte;
    end += !(isSpace && after);
    after = isSpace && removesSpaces_;
  }
  *afterSpace = after;
  output.resize(static_cast<size_t>(end - output.data()));
  return run;
}

void Normalizer::append(std::string_view text, bool *afterSpace,
                        std::vector<uint8_t> &output) const {
  while (*afterSpace && !text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!text.empty()) {
    const size_t begin = output.size();
    appendFolded(text, output);
    for (size_t index = begin; index < output.size(); ++index) {
      if (output[index] == ' ') output[index] = space_;
    }
    *afterSpace = text.back() == ' ';
  }
  *afterSpace = *afterSpace && removesSpaces_;
}

void Normalizer::normalize(std::string_view input, std::vector<uint8_t> &output) const {
  output.clear();
  if (removesSpaces_) input = skipLeadingSpaces(input);
  if (input.empty()) return;
  output.reserve(input.size() + input.size() / 8 + 16);
  if (addsSpace_) output.push_back(space_);
  bool afterSpace = removesSpaces_;
  while (!input.empty()) {
    input.remove_prefix(appendASCII(input, &afterSpace, output));
    if (input.empty()) break;
    const Prefix next = prefix(input);
    append(next.text, &afterSpace, output);
    input.remove_prefix(next.length);
  }
  if (removesSpaces_) {
    while (!output.empty() && output.back() == space_) output.pop_back();
  }
  if (addsSpaceAtEnd_) output.push_back(space_);
}

}  // namespace csentencepiece

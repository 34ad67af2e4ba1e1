// Character references, decoded before libxml2 sees them: it knows those of HTML 4 only, asks for their
// semicolons, and takes the numbers 128 to 159 for control characters.
#include "internal.h"

#include <string.h>

// The longest name of a reference.
#define LONGEST_NAME 31
// The longest name of a reference that needs no semicolon.
#define LONGEST_BARE_NAME 6

// What the numbers 128 to 159 mean: the characters of windows-1252, where it has one.
static const uint16_t windows1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static bool isDigit(uint8_t c) { return (uint8_t)(c - '0') < 10; }

static bool isAlphanumeric(uint8_t c) { return isDigit(c) || (uint8_t)((c | 32) - 'a') < 26; }

static uint8_t *put(uint8_t *out, const char *text) {
  size_t length = strlen(text);
  memcpy(out, text, length);
  return out + length;
}

// Writes a character as UTF-8, or as a reference where libxml2 would take it for markup.
static uint8_t *putCharacter(uint8_t *out, uint32_t c) {
  switch (c) {
    case '&': return put(out, "&amp;");
    case '<': return put(out, "&lt;");
    case '"': return put(out, "&quot;");
    case '\'': return put(out, "&#39;");
  }
  if (c < 0x80) {
    *out++ = (uint8_t)c;
  } else if (c < 0x800) {
    *out++ = (uint8_t)(0xC0 | c >> 6);
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = (uint8_t)(0xE0 | c >> 12);
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  } else {
    *out++ = (uint8_t)(0xF0 | c >> 18);
    *out++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  }
  return out;
}

// The character that a number means; U+0020 for control characters, which no reader sees.
static uint32_t numbered(uint32_t number) {
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) return 0xFFFD;
  if (number >= 0x80 && number < 0xA0) return windows1252[number - 0x80];
  bool isControl = number < 0x20 && number != '\t' && number != '\n' && number != '\r';
  // libxml2 refuses the last two code points of the first plane as well.
  return isControl || number == 0xFFFE || number == 0xFFFF ? ' ' : number;
}

// Reads a number whose `#` stands at `from`; returns its end, or NULL where there is none.
static const uint8_t *readNumber(const uint8_t *from, const uint8_t *end, uint32_t *number) {
  const uint8_t *at = from + 1;
  uint32_t base = 10;
  if (at < end && (*at | 32) == 'x') {
    base = 16;
    at++;
  }
  const uint8_t *first = at;
  uint32_t value = 0;
  for (; at < end; at++) {
    uint8_t letter = (uint8_t)((*at | 32) - 'a');
    uint32_t digit;
    if (isDigit(*at)) digit = *at - '0';
    else if (base == 16 && letter < 6) digit = letter + 10u;
    else break;
    // Greater numbers all mean the same.
    if (value <= 0x10FFFF) value = value * base + digit;
  }
  if (at == first) return NULL;
  *number = value;
  return at < end && *at == ';' ? at + 1 : at;
}

// Reads a name that starts at `from`; returns the end of the reference, or NULL where it is none.
static const uint8_t *readName(const uint8_t *from, const uint8_t *end, CHTML_Place place,
                               uint32_t *count, uint32_t characters[2]) {
  size_t length = 0, left = (size_t)(end - from);
  while (length < left && length <= LONGEST_NAME && isAlphanumeric(from[length])) length++;
  if (length < left && from[length] == ';') {
    *count = CHTML_namedReference(from, length, characters);
    if (*count > 0) return from + length + 1;
  }
  for (size_t part = length < LONGEST_BARE_NAME ? length : LONGEST_BARE_NAME; part >= 2; part--) {
    if (!CHTML_isBareReference(from, part)) continue;
    bool goesOn = part < left && (from[part] == '=' || isAlphanumeric(from[part]));
    if (place == CHTML_ofAttribute && goesOn) return NULL;
    *count = CHTML_namedReference(from, part, characters);
    return from + part;
  }
  return NULL;
}

// Writes what the `&` at `from` means; returns the end of what it stands for.
static const uint8_t *putReference(const uint8_t *from, const uint8_t *end, CHTML_Place place,
                                   uint8_t **out) {
  uint32_t count = 0, characters[2];
  const uint8_t *after = NULL;
  if (from + 1 < end && from[1] == '#') {
    after = readNumber(from + 1, end, &characters[0]);
    if (after != NULL) characters[0] = numbered(characters[0]);
    count = 1;
  } else if (from + 1 < end && isAlphanumeric(from[1])) {
    after = readName(from + 1, end, place, &count, characters);
  }
  if (after == NULL) {
    *out = put(*out, "&amp;");
    return from + 1;
  }
  for (uint32_t i = 0; i < count; i++) *out = putCharacter(*out, characters[i]);
  return after;
}

uint8_t *CHTML_putCharacters(const uint8_t *from, const uint8_t *end, CHTML_Place place, uint8_t *out) {
  while (from < end) {
    const uint8_t *found = memchr(from, '&', (size_t)(end - from));
    if (found == NULL) found = end;
    memcpy(out, from, (size_t)(found - from));
    out += found - from;
    from = found < end ? putReference(found, end, place, &out) : end;
  }
  return out;
}

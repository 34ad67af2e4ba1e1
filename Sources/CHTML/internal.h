// What the files of CHTML share.
#ifndef CHTML_INTERNAL_H
#define CHTML_INTERNAL_H

#include "CHTML.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

// The number of an element's name, of `length` lower-case bytes; 0 where it is not in the table.
uint16_t CHTML_tagNamed(const char *name, size_t length);

// The number of an attribute's name, of `length` lower-case bytes; 0 where it is not in the table.
uint32_t CHTML_attributeNamed(const char *name, size_t length);

// A named character reference of one character, and how many there are, in the order of their names.
typedef struct {
  const char *name;
  uint32_t character;
} CHTML_Single;

enum { CHTML_singleCount = 2032 };

extern const CHTML_Single CHTML_singles[CHTML_singleCount];

// The characters, one or two, of the reference that a name and a semicolon make; 0 where it is none.
uint32_t CHTML_namedReference(const uint8_t *name, size_t length, uint32_t characters[_Nonnull 2]);

// Whether a name is a reference without a semicolon as well.
bool CHTML_isBareReference(const uint8_t *name, size_t length);

// Where characters are references and which of them are special.
typedef enum {
  // Text: a name may be a reference whatever follows it.
  CHTML_ofText,
  // An attribute's value: a name that goes on, or stands before `=`, is no reference without its semicolon.
  CHTML_ofAttribute,
} CHTML_Place;

// Copies `from ..< end` to `out`, each character reference as the character that it means by HTML's rules
// <https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>, and what libxml2 would
// take for markup as one of the references that it knows.
//
// Returns the end of what was written, at most six bytes for each byte read.
uint8_t *CHTML_putCharacters(const uint8_t *from, const uint8_t *end, CHTML_Place place, uint8_t *out);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

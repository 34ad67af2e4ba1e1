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

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

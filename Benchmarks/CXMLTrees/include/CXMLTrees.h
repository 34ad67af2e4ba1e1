// libxml2's own trees, as the yardstick of weft's speed.
#ifndef CXML_TREES_H
#define CXML_TREES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Builds libxml2's tree of a page of well-formed UTF-8 and frees it again; false where there was none.
bool CXMLTrees_build(const uint8_t *_Nonnull text, size_t count);

#endif

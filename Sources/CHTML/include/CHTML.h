// Parsing of untrusted HTML into one flat tree, over libxml2's SAX interface.
//
// Elements and text stand in document order, so a subtree is a run of the array and no pointer is ever
// followed. No state outlives a call and no input reaches the network or an entity file, so any number
// of threads may parse. Bytes are never trusted: every call ends on any input, in time linear in it.
#ifndef CHTML_H
#define CHTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

// One element or one run of text.
typedef struct CHTML_Node {
  // Index of the element that holds this node; -1 for the root.
  int32_t parent;
  // Index after the last node of this node's subtree; the node's own index + 1 where it has none.
  int32_t end;
  // A run of text: where it stands in the tree's text. An element that is not of the table of names:
  // where its name stands.
  uint32_t textOffset;
  uint32_t textLength;
  // The element's attributes in the tree's array of them.
  uint32_t attributeOffset;
  uint16_t attributeCount;
  // The element's number in the table of names; CHTML_textTag for text, 0 for other elements.
  uint16_t tag;
} CHTML_Node;

// The `tag` of a run of text.
#define CHTML_textTag 1

// One attribute of an element.
typedef struct CHTML_Attribute {
  // The number of the name in the table of attribute names; 0 for `data-` and other names.
  uint32_t name;
  // Where the name stands in the tree's text; empty for names of the table.
  uint32_t nameOffset;
  uint32_t nameLength;
  // Where the value stands in the tree's text.
  uint32_t valueOffset;
  uint32_t valueLength;
} CHTML_Attribute;

// The bounds of one tree. What lies beyond them is left out of the tree, and the tree says so.
typedef struct CHTML_Limits {
  // Elements deeper than this are not recorded; their text goes to the deepest element that is.
  uint32_t depth;
  uint32_t nodes;
  uint32_t attributes;
  uint32_t attributesPerElement;
  // Bytes of text, names and attribute values together.
  uint32_t text;
} CHTML_Limits;

// Which bounds a page broke.
typedef enum CHTML_Excess {
  CHTML_excessDepth = 1,
  CHTML_excessNodes = 2,
  CHTML_excessAttributes = 4,
  CHTML_excessText = 8,
  // So many misplaced end tags under so deep a nesting that finding their start tags would take more
  // than linear time.
  CHTML_excessMisnesting = 16,
} CHTML_Excess;

// A parsed page. The arrays belong to the tree.
typedef struct CHTML_Tree {
  CHTML_Node *_Nullable nodes;
  CHTML_Attribute *_Nullable attributes;
  uint8_t *_Nullable text;
  uint32_t nodeCount;
  uint32_t attributeCount;
  uint32_t textCount;
  // A union of CHTML_Excess.
  uint32_t excess;
} CHTML_Tree;

// Parses `count` bytes of well-formed UTF-8 into `tree`, to be freed with CHTML_free.
//
// Returns false where memory ran out; `tree` is then empty.
bool CHTML_parse(const uint8_t *bytes, size_t count, CHTML_Limits limits, CHTML_Tree *tree);

// Frees what a tree owns and empties it.
void CHTML_free(CHTML_Tree *tree);

// Writes the page again without what no reader sees (comments, scripts but for linked data, style sheets, vector
// graphics), without attributes that nothing reads, and with at most `attributesPerElement` of the
// others on an element: the form that CHTML_parse hands to libxml2.
//
// Returns the number of bytes written to `out`, whose capacity must be CHTML_reducedCapacity(count).
size_t CHTML_reduce(const uint8_t *bytes, size_t count, uint32_t attributesPerElement, uint8_t *out,
                    bool *attributesLeftOut);

// The most bytes that CHTML_reduce writes for `count` bytes.
size_t CHTML_reducedCapacity(size_t count);

// The name of an element of the table of names; NULL from the first number beyond it.
const char *_Nullable CHTML_tagName(uint16_t tag);

// The name of an attribute of the table of attribute names; NULL from the first number beyond it.
const char *_Nullable CHTML_attributeName(uint32_t name);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

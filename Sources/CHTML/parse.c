// The tree, built from libxml2's SAX events.
#include "internal.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Names that libxml2 hands out again and again at the same address; a power of two.
#define CACHE_SIZE 256

// What one misplaced end tag costs libxml2 is the depth at that place; the sum may reach this many
// times the page's length.
#define WORK_PER_BYTE 64

typedef struct {
  CHTML_Tree tree;
  CHTML_Limits limits;
  uint32_t nodeCapacity, attributeCapacity, textCapacity;
  // The open elements by their index.
  int32_t *open;
  uint32_t depth;
  // Open elements that are not recorded.
  uint64_t unrecorded;
  // Whether the last event was text, which then goes on.
  bool inText;
  bool outOfMemory;
  uint64_t work;
  uint64_t workLimit;
  htmlParserCtxtPtr context;
  const xmlChar *cachedNames[CACHE_SIZE];
  uint16_t cachedTags[CACHE_SIZE];
} Builder;

static void stop(Builder *b) {
  if (b->context != NULL) xmlStopParser(b->context);
}

static void exceed(Builder *b, CHTML_Excess excess) {
  b->tree.excess |= (uint32_t)excess;
  if (excess != CHTML_excessDepth && excess != CHTML_excessAttributes) stop(b);
}

// Makes room for one more item in an array that may hold `limit` of them.
static bool reserve(Builder *b, void **array, uint32_t *capacity, uint64_t needed, size_t size) {
  if (needed <= *capacity) return true;
  uint64_t grown = (uint64_t)*capacity * 2;
  if (grown < needed) grown = needed;
  void *larger = realloc(*array, grown * size);
  if (larger == NULL) {
    b->outOfMemory = true;
    stop(b);
    return false;
  }
  *array = larger;
  *capacity = (uint32_t)grown;
  return true;
}

// Appends bytes to the tree's text; false where its bound is reached.
static bool appendText(Builder *b, const xmlChar *bytes, size_t length) {
  uint64_t needed = (uint64_t)b->tree.textCount + length;
  if (needed > b->limits.text) {
    exceed(b, CHTML_excessText);
    return false;
  }
  if (!reserve(b, (void **)&b->tree.text, &b->textCapacity, needed, 1)) return false;
  memcpy(b->tree.text + b->tree.textCount, bytes, length);
  b->tree.textCount += (uint32_t)length;
  return true;
}

static CHTML_Node *appendNode(Builder *b, uint16_t tag) {
  if (b->tree.nodeCount >= b->limits.nodes) {
    exceed(b, CHTML_excessNodes);
    return NULL;
  }
  if (!reserve(b, (void **)&b->tree.nodes, &b->nodeCapacity, (uint64_t)b->tree.nodeCount + 1,
               sizeof(CHTML_Node))) {
    return NULL;
  }
  int32_t index = (int32_t)b->tree.nodeCount++;
  CHTML_Node *node = &b->tree.nodes[index];
  *node = (CHTML_Node){
      .parent = b->depth > 0 ? b->open[b->depth - 1] : -1,
      .end = index + 1,
      .textOffset = b->tree.textCount,
      .attributeOffset = b->tree.attributeCount,
      .tag = tag,
  };
  return node;
}

static uint16_t tagOf(Builder *b, const xmlChar *name) {
  size_t slot = ((uintptr_t)name >> 3) % CACHE_SIZE;
  if (b->cachedNames[slot] != name) {
    b->cachedNames[slot] = name;
    b->cachedTags[slot] = CHTML_tagNamed((const char *)name, strlen((const char *)name));
  }
  return b->cachedTags[slot];
}

static bool appendAttribute(Builder *b, const xmlChar *name, const xmlChar *value) {
  if (b->tree.attributeCount >= b->limits.attributes) {
    exceed(b, CHTML_excessAttributes);
    return false;
  }
  if (!reserve(b, (void **)&b->tree.attributes, &b->attributeCapacity,
               (uint64_t)b->tree.attributeCount + 1, sizeof(CHTML_Attribute))) {
    return false;
  }
  size_t nameLength = strlen((const char *)name);
  CHTML_Attribute attribute = {.name = CHTML_attributeNamed((const char *)name, nameLength)};
  attribute.nameOffset = b->tree.textCount;
  if (attribute.name == 0) {
    if (!appendText(b, name, nameLength)) return false;
    attribute.nameLength = (uint32_t)nameLength;
  }
  attribute.valueOffset = b->tree.textCount;
  if (value != NULL) {
    size_t length = strlen((const char *)value);
    if (!appendText(b, value, length)) return false;
    attribute.valueLength = (uint32_t)length;
  }
  b->tree.attributes[b->tree.attributeCount++] = attribute;
  return true;
}

static void startElement(void *data, const xmlChar *name, const xmlChar **attributes) {
  Builder *b = data;
  b->inText = false;
  if (b->unrecorded > 0 || b->depth >= b->limits.depth) {
    b->unrecorded++;
    exceed(b, CHTML_excessDepth);
    return;
  }
  uint16_t tag = tagOf(b, name);
  CHTML_Node *node = appendNode(b, tag);
  if (node == NULL) return;
  int32_t index = (int32_t)(node - b->tree.nodes);
  b->open[b->depth++] = index;
  if (tag == 0) {
    size_t length = strlen((const char *)name);
    if (!appendText(b, name, length)) return;
    b->tree.nodes[index].textLength = (uint32_t)length;
  }
  for (size_t i = 0; attributes != NULL && attributes[i] != NULL; i += 2) {
    if (!appendAttribute(b, attributes[i], attributes[i + 1])) break;
    b->tree.nodes[index].attributeCount++;
  }
}

static void endElement(void *data, const xmlChar *name) {
  (void)name;
  Builder *b = data;
  b->inText = false;
  if (b->unrecorded > 0) {
    b->unrecorded--;
  } else if (b->depth > 0) {
    b->tree.nodes[b->open[--b->depth]].end = (int32_t)b->tree.nodeCount;
  }
}

static void characters(void *data, const xmlChar *text, int length) {
  Builder *b = data;
  if (b->depth == 0 || length <= 0) return;
  if (!b->inText) {
    if (appendNode(b, CHTML_textTag) == NULL) return;
    b->inText = true;
  }
  CHTML_Node *node = &b->tree.nodes[b->tree.nodeCount - 1];
  if (appendText(b, text, (size_t)length)) node->textLength += (uint32_t)length;
}

// libxml2 searches its stack of open elements for the start of every misplaced end tag.
static void countError(void *data, xmlErrorPtr error) {
  (void)error;
  Builder *b = data;
  b->work += b->depth + b->unrecorded;
  if (b->work > b->workLimit) exceed(b, CHTML_excessMisnesting);
}

static xmlSAXHandler handler(void) {
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof(handler));
  handler.startElement = startElement;
  handler.endElement = endElement;
  handler.characters = characters;
  handler.cdataBlock = characters;
  handler.ignorableWhitespace = characters;
  handler.serror = countError;
  handler.initialized = XML_SAX2_MAGIC;
  return handler;
}

// Runs libxml2 over the reduced page.
static void run(Builder *b, const uint8_t *bytes, size_t count) {
  htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt((const char *)bytes, (int)count);
  if (context == NULL) {
    b->outOfMemory = true;
    return;
  }
  b->context = context;
  xmlSAXHandler events = handler();
  *context->sax = events;
  context->userData = b;
  htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                  HTML_PARSE_NODEFDTD);
  // The option of XML that lifts fixed bounds: all bounds are set here.
  context->options |= XML_PARSE_HUGE;
  // HTML_PARSE_* may have set handlers of its own.
  *context->sax = events;
  xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(context);
  b->context = NULL;
  if (context->myDoc != NULL) xmlFreeDoc(context->myDoc);
  htmlFreeParserCtxt(context);
}

static void build(Builder *b, const uint8_t *bytes, size_t count) {
  uint8_t *reduced = malloc(CHTML_reducedCapacity(count));
  b->open = malloc(sizeof(int32_t) * ((size_t)b->limits.depth + 1));
  if (reduced == NULL || b->open == NULL) {
    b->outOfMemory = true;
  } else {
    bool leftOut;
    size_t length = CHTML_reduce(bytes, count, b->limits.attributesPerElement, reduced, &leftOut);
    if (leftOut) b->tree.excess |= CHTML_excessAttributes;
    if (length > INT32_MAX) exceed(b, CHTML_excessText);
    else if (length > 0) run(b, reduced, length);
    while (b->depth > 0) b->tree.nodes[b->open[--b->depth]].end = (int32_t)b->tree.nodeCount;
  }
  free(reduced);
  free(b->open);
}

// libxml2 2.9 initialises itself at first use, and two threads that do so at once can wait for each
// other for ever.
static pthread_once_t initialised = PTHREAD_ONCE_INIT;

bool CHTML_parse(const uint8_t *bytes, size_t count, CHTML_Limits limits, CHTML_Tree *tree) {
  Builder *b = calloc(1, sizeof(Builder));
  memset(tree, 0, sizeof(*tree));
  if (b == NULL) return false;
  pthread_once(&initialised, xmlInitParser);
  b->limits = limits;
  b->workLimit = (uint64_t)count * WORK_PER_BYTE;
  build(b, bytes, count);
  bool isWhole = !b->outOfMemory;
  if (isWhole) *tree = b->tree;
  else CHTML_free(&b->tree);
  free(b);
  return isWhole;
}

void CHTML_free(CHTML_Tree *tree) {
  free(tree->nodes);
  free(tree->attributes);
  free(tree->text);
  memset(tree, 0, sizeof(*tree));
}

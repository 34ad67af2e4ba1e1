// The tables of element and attribute names, in alphabetical order for their readers; names are found by a
// hash of their bytes.
#include "internal.h"

#include <string.h>

// Number 0 is for elements outside the table, number 1 for text.
static const char *const tagNames[] = {
    "", "#text",
    "a", "abbr", "address", "applet", "area", "article", "aside", "audio", "b", "base", "bdi",
    "bdo", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center",
    "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn",
    "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li",
    "link", "listing", "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav",
    "nobr", "noembed", "noframes", "noscript", "object", "ol", "optgroup", "option", "output",
    "p", "param", "picture", "plaintext", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp",
    "script", "search", "section", "select", "slot", "small", "source", "span", "strike",
    "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template",
    "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var",
    "video", "wbr", "xmp",
};

// Number 0 is for attributes outside the table.
static const char *const attributeNames[] = {
    "",
    "alt", "aria-hidden", "aria-label", "charset", "class", "colspan", "content", "datetime",
    "height", "hidden", "href", "hreflang", "http-equiv", "id", "itemid", "itemprop", "itemscope",
    "itemtype", "lang", "media", "name", "open", "property", "rel", "role", "rowspan",
    "shadowrootmode", "sizes", "src", "srcset", "start", "style", "title", "type", "value",
    "width", "xml:lang",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

// Slots of a table of hashes: a power of two, several times the number of names.
#define SLOTS 512

// The numbers of names, each in the first free slot from its hash on; 0 in a free one.
static uint8_t tagSlots[SLOTS], attributeSlots[SLOTS];

_Static_assert(COUNT(tagNames) < 256 && COUNT(attributeNames) < 256, "a number of a name is a byte");

static uint32_t hash(const char *name, size_t length) {
  uint32_t hash = (uint32_t)length;
  for (size_t i = 0; i < length; i++) hash = hash * 31 + (uint8_t)name[i];
  return (hash ^ hash >> 9) % SLOTS;
}

static void fill(uint8_t *slots, const char *const *table, size_t first, size_t count) {
  for (size_t i = first; i < count; i++) {
    uint32_t at = hash(table[i], strlen(table[i]));
    while (slots[at] != 0) at = (at + 1) % SLOTS;
    slots[at] = (uint8_t)i;
  }
}

// Before `main`, so that no lookup has to ask whether it was done.
__attribute__((constructor)) static void fillSlots(void) {
  fill(tagSlots, tagNames, 2, COUNT(tagNames));
  fill(attributeSlots, attributeNames, 1, COUNT(attributeNames));
}

// The number of a name; 0 where it is not in the table.
static uint32_t find(const uint8_t *slots, const char *const *table, const char *name,
                     size_t length) {
  for (uint32_t at = hash(name, length); slots[at] != 0; at = (at + 1) % SLOTS) {
    const char *found = table[slots[at]];
    if (strncmp(found, name, length) == 0 && found[length] == 0) return slots[at];
  }
  return 0;
}

uint16_t CHTML_tagNamed(const char *name, size_t length) {
  return (uint16_t)find(tagSlots, tagNames, name, length);
}

uint32_t CHTML_attributeNamed(const char *name, size_t length) {
  return find(attributeSlots, attributeNames, name, length);
}

const char *CHTML_tagName(uint16_t tag) { return tag < COUNT(tagNames) ? tagNames[tag] : NULL; }

const char *CHTML_attributeName(uint32_t name) {
  return name < COUNT(attributeNames) ? attributeNames[name] : NULL;
}

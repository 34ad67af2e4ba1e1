// The tables of element and attribute names, in alphabetical order so that a name is found by halving.
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

// The index of a name among table[first ..< count]; 0 where it is not there.
static uint32_t find(const char *const *table, size_t first, size_t count, const char *name,
                     size_t length) {
  size_t low = first, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strncmp(name, table[middle], length);
    if (order == 0) order = table[middle][length] == 0 ? 0 : -1;
    if (order == 0) return (uint32_t)middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return 0;
}

uint16_t CHTML_tagNamed(const char *name, size_t length) {
  return (uint16_t)find(tagNames, 2, COUNT(tagNames), name, length);
}

uint32_t CHTML_attributeNamed(const char *name, size_t length) {
  return find(attributeNames, 1, COUNT(attributeNames), name, length);
}

const char *CHTML_tagName(uint16_t tag) { return tag < COUNT(tagNames) ? tagNames[tag] : NULL; }

const char *CHTML_attributeName(uint32_t name) {
  return name < COUNT(attributeNames) ? attributeNames[name] : NULL;
}

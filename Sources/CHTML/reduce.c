// The page written again as libxml2 shall see it: HTML's tokenizer, cut down to tags and what lies
// between them <https://html.spec.whatwg.org/multipage/parsing.html#tokenization>.
//
// It serves two ends. libxml2 compares each attribute of an element with all before it, so their number
// is bounded here; and scripts and styles, half the bytes of a page of today, never reach a parser that
// looks at them one character at a time.
#define _GNU_SOURCE  // memmem
#include "internal.h"

#include <string.h>

// The longest element or attribute name that is kept whole.
#define NAME_CAPACITY 64

// The longest start tag of a graphic within a graphic that is looked at to its end.
#define LONGEST_NESTED_TAG 4096

// The longest script of linked data that is kept, in bytes.
#define LONGEST_LINKED_DATA 65536

// What is read and what is written.
typedef struct {
  const uint8_t *at;
  const uint8_t *end;
  uint8_t *out;
  uint32_t attributesPerElement;
  bool attributesLeftOut;
  bool sawHTML;
  // Whether a graphic without an end was met: no later one has an end either.
  bool sawEndlessDrawing;
} Reduction;

// A lower-case name; bytes that XML names cannot hold became hyphens.
typedef struct {
  char bytes[NAME_CAPACITY];
  size_t length;
} Name;

size_t CHTML_reducedCapacity(size_t count) {
  // The worst case is a quotation mark in an unquoted value, written as a reference of six bytes.
  return count * 6 + 16;
}

static bool isSpace(uint8_t c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool isLetter(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }

static bool isNamed(const Name *name, const char *text) {
  return strlen(text) == name->length && memcmp(name->bytes, text, name->length) == 0;
}

static void put(Reduction *r, const char *text) {
  size_t length = strlen(text);
  memcpy(r->out, text, length);
  r->out += length;
}

static void putBytes(Reduction *r, const uint8_t *bytes, size_t count) {
  memcpy(r->out, bytes, count);
  r->out += count;
}

// Copies text, decoding its character references and writing each `replaced` as `reference`.
static void putReplacing(Reduction *r, const uint8_t *from, const uint8_t *end, CHTML_Place place,
                         uint8_t replaced, const char *reference) {
  while (from < end) {
    const uint8_t *found = memchr(from, replaced, (size_t)(end - from));
    if (found == NULL) found = end;
    r->out = CHTML_putCharacters(from, found, place, r->out);
    if (found < end) put(r, reference);
    from = found + 1;
  }
}

// Moves past the first `text` from `from` on; to the end where there is none.
static const uint8_t *after(const Reduction *r, const uint8_t *from, const char *text) {
  size_t length = strlen(text);
  const uint8_t *found = memmem(from, (size_t)(r->end - from), text, length);
  return found == NULL ? r->end : found + length;
}

// Whether an end tag of `name` stands at `at`, which points behind `</` or `<`.
static bool nameFollows(const Reduction *r, const uint8_t *at, const char *name) {
  size_t length = strlen(name);
  if ((size_t)(r->end - at) < length) return false;
  for (size_t i = 0; i < length; i++) {
    if ((at[i] | 32) != name[i]) return false;
  }
  return at + length == r->end || isSpace(at[length]) || at[length] == '/' || at[length] == '>';
}

// Where the end tag `</name` starts; the end of the page where there is none.
static const uint8_t *endTag(const Reduction *r, const char *name) {
  const uint8_t *at = r->at;
  while (at < r->end && (at = memchr(at, '<', (size_t)(r->end - at))) != NULL) {
    if (at + 1 < r->end && at[1] == '/' && nameFollows(r, at + 2, name)) return at;
    at++;
  }
  return r->end;
}

// Where a script ends, by the tokenizer's states for scripts inside `<!--`.
static const uint8_t *scriptEnd(const Reduction *r) {
  bool escaped = false, nested = false;
  for (const uint8_t *at = r->at; at < r->end; at++) {
    const uint8_t *next = escaped ? at : memchr(at, '<', (size_t)(r->end - at));
    if (next == NULL) return r->end;
    at = next;
    size_t left = (size_t)(r->end - at);
    if (*at == '-') {
      if (left >= 3 && at[1] == '-' && at[2] == '>') escaped = nested = false;
    } else if (*at == '<') {
      if (left >= 4 && memcmp(at, "<!--", 4) == 0) escaped = true;
      else if (escaped && nameFollows(r, at + 1, "script")) nested = true;
      else if (left >= 2 && at[1] == '/' && nameFollows(r, at + 2, "script")) {
        if (!nested) return at;
        nested = false;
      }
    }
  }
  return r->end;
}

// Where the outermost `</svg` starts.
static const uint8_t *svgEnd(const Reduction *r) {
  size_t depth = 1;
  const uint8_t *at = r->at;
  while (at < r->end && (at = memchr(at, '<', (size_t)(r->end - at))) != NULL) {
    if (nameFollows(r, at + 1, "svg")) {
      size_t left = (size_t)(r->end - at);
      const uint8_t *close = memchr(at, '>', left < LONGEST_NESTED_TAG ? left : LONGEST_NESTED_TAG);
      if (close != NULL && close[-1] != '/') depth++;
    }
    if (at + 1 < r->end && at[1] == '/' && nameFollows(r, at + 2, "svg") && --depth == 0) return at;
    at++;
  }
  return r->end;
}

static Name readName(Reduction *r, bool ofAttribute) {
  Name name = {.length = 0};
  while (r->at < r->end) {
    uint8_t c = *r->at;
    if (isSpace(c) || c == '/' || c == '>') break;
    if (ofAttribute && c == '=' && name.length > 0) break;
    bool isPlain = isLetter(c) || (uint8_t)(c - '0') < 10 || c == ':' || c == '_' || c == '.';
    if (name.length < NAME_CAPACITY) {
      name.bytes[name.length++] = isLetter(c) ? (char)(c | 32) : isPlain ? (char)c : '-';
    }
    r->at++;
  }
  return name;
}

// An attribute's value as it stands in the page.
typedef struct {
  const uint8_t *start;
  const uint8_t *end;
  uint8_t quote;
} Value;

static Value readValue(Reduction *r) {
  Value value = {r->at, r->at, '"'};
  const uint8_t *at = r->at;
  while (at < r->end && isSpace(*at)) at++;
  if (at == r->end || *at != '=') return value;
  for (at++; at < r->end && isSpace(*at);) at++;
  r->at = at;
  if (at == r->end) return value;
  if (*at == '"' || *at == '\'') {
    const uint8_t *close = memchr(at + 1, *at, (size_t)(r->end - at - 1));
    if (close == NULL) close = r->end;
    value = (Value){at + 1, close, *at};
    r->at = close < r->end ? close + 1 : close;
    return value;
  }
  while (r->at < r->end && !isSpace(*r->at) && *r->at != '>') r->at++;
  return (Value){at, r->at, 0};
}

// Whether a style can hide its element; any other style is left out.
static bool hides(Value value) {
  size_t length = (size_t)(value.end - value.start);
  return memmem(value.start, length, "none", 4) != NULL ||
         memmem(value.start, length, "hidden", 6) != NULL;
}

static bool isKept(const Name *attribute, Value value, bool ofImage) {
  if (attribute->length == 0 || !isLetter((uint8_t)attribute->bytes[0])) return false;
  if (isNamed(attribute, "style")) return hides(value);
  if (CHTML_attributeNamed(attribute->bytes, attribute->length) != 0) return true;
  // Pages that load images late name the address as they like, but never in an event handler.
  return ofImage && !(attribute->bytes[0] == 'o' && attribute->bytes[1] == 'n');
}

static void putAttribute(Reduction *r, const Name *name, Value value) {
  put(r, " ");
  putBytes(r, (const uint8_t *)name->bytes, name->length);
  put(r, value.quote == '\'' ? "='" : "=\"");
  if (value.quote == 0) putReplacing(r, value.start, value.end, CHTML_ofAttribute, '"', "&quot;");
  else r->out = CHTML_putCharacters(value.start, value.end, CHTML_ofAttribute, r->out);
  put(r, value.quote == '\'' ? "'" : "\"");
}

// Reads attributes up to and over `>`, writing those that are kept where `isWritten`.
//
// Returns false where the page ends within the tag, which is then no tag.
static bool copyAttributes(Reduction *r, bool isWritten, bool ofImage, bool *isSelfClosing) {
  uint32_t written = 0;
  *isSelfClosing = false;
  while (r->at < r->end) {
    uint8_t c = *r->at;
    if (c == '>') {
      r->at++;
      return true;
    }
    if (isSpace(c) || c == '/') {
      *isSelfClosing = c == '/';
      r->at++;
      continue;
    }
    *isSelfClosing = false;
    Name name = readName(r, true);
    Value value = readValue(r);
    if (!isWritten || !isKept(&name, value, ofImage)) continue;
    if (written == r->attributesPerElement) {
      r->attributesLeftOut = true;
      continue;
    }
    putAttribute(r, &name, value);
    written++;
  }
  return false;
}

static bool isOfImage(const Name *name) {
  if (memchr("ispaf", name->bytes[0], 5) == NULL) return false;
  static const char *const names[] = {"img", "source", "picture", "amp-img", "image", "figure"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (isNamed(name, names[i])) return true;
  }
  return false;
}

// The name whose end tag ends an element that is left out whole; NULL for other elements.
static const char *leftOut(const Name *name) {
  if (memchr("sintx", name->bytes[0], 5) == NULL) return NULL;
  static const char *const names[] = {"script", "style",    "svg",      "iframe",
                                      "noembed", "noframes", "textarea", "xmp"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (isNamed(name, names[i])) return names[i];
  }
  return NULL;
}

// Whether an element is void by HTML's rules and not by those of HTML 4, which libxml2 goes by.
static bool isNewlyVoid(const Name *name) {
  return isNamed(name, "source") || isNamed(name, "wbr") || isNamed(name, "track");
}

// Leaves out an element and its content, from behind its start tag on.
static void skipElement(Reduction *r, const char *name) {
  bool isScript = strcmp(name, "script") == 0, isDrawing = strcmp(name, "svg") == 0;
  const uint8_t *end = isScript ? scriptEnd(r) : isDrawing ? svgEnd(r) : endTag(r, name);
  if (isDrawing && end == r->end) r->sawEndlessDrawing = true;
  else r->at = after(r, end, ">");
}

// Writes the title's text, in which `<` opens no tag.
static void copyTitle(Reduction *r) {
  const uint8_t *end = endTag(r, "title");
  putReplacing(r, r->at, end, CHTML_ofText, '<', "&lt;");
  r->at = end;
}

static void putEndTag(Reduction *r, const Name *name) {
  put(r, "</");
  putBytes(r, (const uint8_t *)name->bytes, name->length);
  put(r, ">");
}

// Whether the tag whose attributes start at the place reached opens linked data.
static bool opensLinkedData(const Reduction *r) {
  size_t left = (size_t)(r->end - r->at);
  const uint8_t *close = memchr(r->at, '>', left < LONGEST_NESTED_TAG ? left : LONGEST_NESTED_TAG);
  return close != NULL && memmem(r->at, (size_t)(close - r->at), "ld+json", 7) != NULL;
}

// Writes a script of linked data, by which a page says what it is about.
static void copyLinkedData(Reduction *r) {
  const uint8_t *end = scriptEnd(r);
  if (end < r->end && end - r->at <= LONGEST_LINKED_DATA) {
    put(r, "<script type=\"application/ld+json\">");
    putBytes(r, r->at, (size_t)(end - r->at));
    put(r, "</script>");
  }
  r->at = after(r, end, ">");
}

static void copyStartTag(Reduction *r) {
  Name name = readName(r, false);
  bool isLinkedData = isNamed(&name, "script") && opensLinkedData(r);
  const char *left = leftOut(&name);
  // libxml2 has its own ways with a second html element.
  bool isRepeated = isNamed(&name, "html") && r->sawHTML;
  bool isWritten = left == NULL && !isRepeated;
  uint8_t *before = r->out;
  if (isWritten) {
    put(r, "<");
    putBytes(r, (const uint8_t *)name.bytes, name.length);
  }
  bool isSelfClosing;
  if (!copyAttributes(r, isWritten, isOfImage(&name), &isSelfClosing)) {
    r->out = before;
    return;
  }
  if (isWritten) put(r, ">");
  if (isNewlyVoid(&name)) putEndTag(r, &name);
  if (isNamed(&name, "html")) r->sawHTML = true;
  if (isNamed(&name, "title")) copyTitle(r);
  if (left == NULL) return;
  if (isLinkedData) return copyLinkedData(r);
  // The text after a graphic that never ends is the page's.
  bool isOpen = strcmp(left, "svg") != 0 || !(isSelfClosing || r->sawEndlessDrawing);
  if (isOpen) skipElement(r, left);
}

static void copyEndTag(Reduction *r) {
  Name name = readName(r, false);
  bool isSelfClosing;
  if (!copyAttributes(r, false, false, &isSelfClosing)) return;
  if (leftOut(&name) != NULL || isNamed(&name, "html") || isNamed(&name, "body")) return;
  if (!isNewlyVoid(&name)) putEndTag(r, &name);
}

// Moves past a comment whose `<!--` stands at the place reached.
static void skipComment(Reduction *r) {
  const uint8_t *at = r->at + 4;
  if (at < r->end && *at == '>') {
    r->at = at + 1;
  } else if (r->end - at >= 2 && at[0] == '-' && at[1] == '>') {
    r->at = at + 2;
  } else {
    while (at < r->end && (at = memmem(at, (size_t)(r->end - at), "--", 2)) != NULL) {
      const uint8_t *close = at + 2;
      if (close < r->end && *close == '!') close++;
      if (close < r->end && *close == '>') {
        r->at = close + 1;
        return;
      }
      at++;
    }
    r->at = r->end;
  }
}

// Reads what starts with `<`.
static void copyMarkup(Reduction *r) {
  size_t left = (size_t)(r->end - r->at);
  uint8_t next = left > 1 ? r->at[1] : 0;
  if (isLetter(next)) {
    r->at++;
    copyStartTag(r);
  } else if (next == '/' && left > 2 && isLetter(r->at[2])) {
    r->at += 2;
    copyEndTag(r);
  } else if (left >= 4 && memcmp(r->at, "<!--", 4) == 0) {
    skipComment(r);
  } else if (next == '!' || next == '?' || (next == '/' && left > 2)) {
    r->at = after(r, r->at, ">");
  } else {
    r->at++;
    put(r, "&lt;");
  }
}

size_t CHTML_reduce(const uint8_t *bytes, size_t count, uint32_t attributesPerElement, uint8_t *out,
                    bool *attributesLeftOut) {
  Reduction r = {bytes, bytes + count, out, attributesPerElement, false, false, false};
  while (r.at < r.end) {
    const uint8_t *next = memchr(r.at, '<', (size_t)(r.end - r.at));
    if (next == NULL) next = r.end;
    r.out = CHTML_putCharacters(r.at, next, CHTML_ofText, r.out);
    r.at = next;
    if (r.at < r.end) copyMarkup(&r);
  }
  *attributesLeftOut = r.attributesLeftOut;
  return (size_t)(r.out - out);
}

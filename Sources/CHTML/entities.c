// The named character references of HTML <https://html.spec.whatwg.org/multipage/named-characters.html>,
// taken from `html.entities.html5` of Python 3.11. All tables are in the order of the names' bytes.
#include "internal.h"

#include <string.h>

// A name that a semicolon ends, and its two characters.
typedef struct {
  const char *name;
  uint32_t characters[2];
} Double;

// Names that count without a semicolon as well.
static const char *const bare[] = {
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil", "ETH", "Eacute",
    "Ecirc", "Egrave", "Euml", "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT", "Ntilde", "Oacute", "Ocirc",
    "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG", "THORN", "Uacute", "Ucirc", "Ugrave", "Uuml", "Yacute",
    "aacute", "acirc", "acute", "aelig", "agrave", "amp", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil",
    "cent", "copy", "curren", "deg", "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14",
    "frac34", "gt", "iacute", "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro",
    "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm", "oslash", "otilde", "ouml",
    "para", "plusmn", "pound", "quot", "raquo", "reg", "sect", "shy", "sup1", "sup2", "sup3", "szlig", "thorn",
    "times", "uacute", "ucirc", "ugrave", "uml", "uuml", "yacute", "yen", "yuml",
};

static const Double doubles[] = {
    {"NotEqualTilde",{0x2242,0x338}}, {"NotGreaterFullEqual",{0x2267,0x338}}, {"NotGreaterGreater",{0x226B,0x338}},
    {"NotGreaterSlantEqual",{0x2A7E,0x338}}, {"NotHumpDownHump",{0x224E,0x338}}, {"NotHumpEqual",{0x224F,0x338}},
    {"NotLeftTriangleBar",{0x29CF,0x338}}, {"NotLessLess",{0x226A,0x338}}, {"NotLessSlantEqual",{0x2A7D,0x338}},
    {"NotNestedGreaterGreater",{0x2AA2,0x338}}, {"NotNestedLessLess",{0x2AA1,0x338}},
    {"NotPrecedesEqual",{0x2AAF,0x338}}, {"NotRightTriangleBar",{0x29D0,0x338}}, {"NotSquareSubset",{0x228F,0x338}},
    {"NotSquareSuperset",{0x2290,0x338}}, {"NotSubset",{0x2282,0x20D2}}, {"NotSucceedsEqual",{0x2AB0,0x338}},
    {"NotSucceedsTilde",{0x227F,0x338}}, {"NotSuperset",{0x2283,0x20D2}}, {"ThickSpace",{0x205F,0x200A}},
    {"acE",{0x223E,0x333}}, {"bne",{0x3D,0x20E5}}, {"bnequiv",{0x2261,0x20E5}}, {"caps",{0x2229,0xFE00}},
    {"cups",{0x222A,0xFE00}}, {"fjlig",{0x66,0x6A}}, {"gesl",{0x22DB,0xFE00}}, {"gvertneqq",{0x2269,0xFE00}},
    {"gvnE",{0x2269,0xFE00}}, {"lates",{0x2AAD,0xFE00}}, {"lesg",{0x22DA,0xFE00}}, {"lvertneqq",{0x2268,0xFE00}},
    {"lvnE",{0x2268,0xFE00}}, {"nGg",{0x22D9,0x338}}, {"nGt",{0x226B,0x20D2}}, {"nGtv",{0x226B,0x338}},
    {"nLl",{0x22D8,0x338}}, {"nLt",{0x226A,0x20D2}}, {"nLtv",{0x226A,0x338}}, {"nang",{0x2220,0x20D2}},
    {"napE",{0x2A70,0x338}}, {"napid",{0x224B,0x338}}, {"nbump",{0x224E,0x338}}, {"nbumpe",{0x224F,0x338}},
    {"ncongdot",{0x2A6D,0x338}}, {"nedot",{0x2250,0x338}}, {"nesim",{0x2242,0x338}}, {"ngE",{0x2267,0x338}},
    {"ngeqq",{0x2267,0x338}}, {"ngeqslant",{0x2A7E,0x338}}, {"nges",{0x2A7E,0x338}}, {"nlE",{0x2266,0x338}},
    {"nleqq",{0x2266,0x338}}, {"nleqslant",{0x2A7D,0x338}}, {"nles",{0x2A7D,0x338}}, {"notinE",{0x22F9,0x338}},
    {"notindot",{0x22F5,0x338}}, {"nparsl",{0x2AFD,0x20E5}}, {"npart",{0x2202,0x338}}, {"npre",{0x2AAF,0x338}},
    {"npreceq",{0x2AAF,0x338}}, {"nrarrc",{0x2933,0x338}}, {"nrarrw",{0x219D,0x338}}, {"nsce",{0x2AB0,0x338}},
    {"nsubE",{0x2AC5,0x338}}, {"nsubset",{0x2282,0x20D2}}, {"nsubseteqq",{0x2AC5,0x338}},
    {"nsucceq",{0x2AB0,0x338}}, {"nsupE",{0x2AC6,0x338}}, {"nsupset",{0x2283,0x20D2}},
    {"nsupseteqq",{0x2AC6,0x338}}, {"nvap",{0x224D,0x20D2}}, {"nvge",{0x2265,0x20D2}}, {"nvgt",{0x3E,0x20D2}},
    {"nvle",{0x2264,0x20D2}}, {"nvlt",{0x3C,0x20D2}}, {"nvltrie",{0x22B4,0x20D2}}, {"nvrtrie",{0x22B5,0x20D2}},
    {"nvsim",{0x223C,0x20D2}}, {"race",{0x223D,0x331}}, {"smtes",{0x2AAC,0xFE00}}, {"sqcaps",{0x2293,0xFE00}},
    {"sqcups",{0x2294,0xFE00}}, {"varsubsetneq",{0x228A,0xFE00}}, {"varsubsetneqq",{0x2ACB,0xFE00}},
    {"varsupsetneq",{0x228B,0xFE00}}, {"varsupsetneqq",{0x2ACC,0xFE00}}, {"vnsub",{0x2282,0x20D2}},
    {"vnsup",{0x2283,0x20D2}}, {"vsubnE",{0x2ACB,0xFE00}}, {"vsubne",{0x228A,0xFE00}}, {"vsupnE",{0x2ACC,0xFE00}},
    {"vsupne",{0x228B,0xFE00}},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

// How a name stands to `name`, of `length` bytes, as strcmp tells it.
static int compare(const uint8_t *name, size_t length, const char *entry) {
  int order = strncmp((const char *)name, entry, length);
  return order != 0 ? order : entry[length] == 0 ? 0 : -1;
}

// Finds a name among `count` entries of `size` bytes whose first field is their name; NULL where it is
// not there.
static const void *find(const uint8_t *name, size_t length, const void *table, size_t count, size_t size) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const char *const *entry = (const void *)((const char *)table + middle * size);
    int order = compare(name, length, *entry);
    if (order == 0) return entry;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

bool CHTML_isBareReference(const uint8_t *name, size_t length) {
  return find(name, length, bare, COUNT(bare), sizeof(bare[0])) != NULL;
}

uint32_t CHTML_namedReference(const uint8_t *name, size_t length, uint32_t characters[2]) {
  const CHTML_Single *one =
      find(name, length, CHTML_singles, CHTML_singleCount, sizeof(CHTML_Single));
  if (one != NULL) {
    characters[0] = one->character;
    return 1;
  }
  const Double *two = find(name, length, doubles, COUNT(doubles), sizeof(Double));
  if (two == NULL) return 0;
  memcpy(characters, two->characters, sizeof(two->characters));
  return 2;
}

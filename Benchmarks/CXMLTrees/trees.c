// A target of its own and not part of CHTML, so that nothing that is only measured is in the library.
#include "CXMLTrees.h"

#include <libxml/HTMLparser.h>
#include <limits.h>

bool CXMLTrees_build(const uint8_t *text, size_t count) {
  if (count > INT_MAX) return false;
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  htmlDocPtr tree = htmlReadMemory((const char *)text, (int)count, NULL, "UTF-8", options);
  if (tree == NULL) return false;
  xmlFreeDoc(tree);
  return true;
}

#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU, whose types collide with those of Foundation's own ICU when both
// are imported; nothing here uses the ICU fields.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

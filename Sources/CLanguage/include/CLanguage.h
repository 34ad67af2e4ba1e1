// Language identification, over the Compact Language Detector 2 <https://github.com/CLD2Owners/cld2>.
//
// The function is pure: CLD2's tables are constants linked into its library, so any number of threads
// may call it. No C++ exception leaves it.
#ifndef CLANGUAGE_H
#define CLANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum {
  // How many languages are told of one text.
  CLanguage_candidates = 3,
  // The room of a language's code, its final zero byte included.
  CLanguage_codeCapacity = 16,
};

// How a call ended.
typedef enum CLanguage_Status {
  CLanguage_ok = 0,
  // The bytes are not UTF-8 fit for interchange, or there are more than 2^31 - 1 of them.
  CLanguage_invalidText = 1,
  // The library threw an exception, such as of memory that is wanting.
  CLanguage_failed = 2,
} CLanguage_Status;

// One language of a text.
typedef struct CLanguage_Candidate {
  // An ISO 639 code such as `en` or `zh-Hant`; `un` where the library does not know.
  char code[CLanguage_codeCapacity];
  // The share of the text's letters, from 0 to 100.
  int32_t percentage;
} CLanguage_Candidate;

// What was found, the most likely language first.
typedef struct CLanguage_Result {
  CLanguage_Candidate candidates[CLanguage_candidates];
  // The number of bytes of letters, which are all that the library goes by.
  int32_t letterBytes;
  // Whether the first language is clearly more likely than the others.
  bool isReliable;
} CLanguage_Result;

// Identifies the languages of `count` bytes of plain text, by the text alone.
CLanguage_Status CLanguage_identify(const char *bytes, size_t count, CLanguage_Result *result);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

#include <climits>
// CLD2's header uses FILE without declaring it.
#include <cstdio>
#include <cstring>

#include <cld2/public/compact_lang_det.h>

#include "CLanguage.h"

namespace {

void describe(CLD2::Language language, int percentage, CLanguage_Candidate &candidate) {
  std::strncpy(candidate.code, CLD2::LanguageCode(language), CLanguage_codeCapacity - 1);
  candidate.code[CLanguage_codeCapacity - 1] = 0;
  candidate.percentage = percentage;
}

CLanguage_Status identify(const char *bytes, int count, CLanguage_Result &result) {
  CLD2::Language languages[CLanguage_candidates];
  int percentages[CLanguage_candidates];
  double scores[CLanguage_candidates];
  int letterBytes = 0;
  int validBytes = 0;
  bool isReliable = false;
  // No hints: what a page declares of itself is often wrong, and would make one text two languages.
  CLD2::ExtDetectLanguageSummaryCheckUTF8(
      bytes, count, /*is_plain_text=*/true, /*cld_hints=*/nullptr, /*flags=*/0, languages, percentages,
      scores, /*resultchunkvector=*/nullptr, &letterBytes, &isReliable, &validBytes);
  if (validBytes < count) return CLanguage_invalidText;
  for (int i = 0; i < CLanguage_candidates; i++) {
    describe(languages[i], percentages[i], result.candidates[i]);
  }
  result.letterBytes = letterBytes;
  result.isReliable = isReliable;
  return CLanguage_ok;
}

}  // namespace

extern "C" CLanguage_Status CLanguage_identify(const char *bytes, size_t count,
                                               CLanguage_Result *result) {
  if (count > INT_MAX) return CLanguage_invalidText;
  try {
    return identify(bytes, static_cast<int>(count), *result);
  } catch (...) {
    return CLanguage_failed;
  }
}

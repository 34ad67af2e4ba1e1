#ifndef CSENTENCEPIECE_BOUNDARY_H
#define CSENTENCEPIECE_BOUNDARY_H

#include <sentencepiece_processor.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "CSentencePiece.h"

struct CSentencePiece_Model {
  sentencepiece::SentencePieceProcessor processor;
};

namespace csentencepiece {

inline void say(CSentencePiece_Message *message, const char *text) noexcept {
  std::snprintf(message->text, sizeof(message->text), "%s", text);
}

/// The one exception boundary: runs `body`, which returns a SentencePiece status, and turns a
/// failure or an exception into a message.
template <typename Body>
bool guarded(CSentencePiece_Message *message, Body body) noexcept {
  try {
    const sentencepiece::util::Status status = body();
    if (status.ok()) return true;
    say(message, status.ToString().c_str());
  } catch (const std::exception &error) {
    say(message, error.what());
  } catch (...) {
    say(message, "an unknown C++ exception");
  }
  return false;
}

/// Memory for `count` values that C can free; null for none.
template <typename Value>
Value *allocate(size_t count) {
  if (count == 0) return nullptr;
  void *memory = std::malloc(count * sizeof(Value));
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<Value *>(memory);
}

}  // namespace csentencepiece

#endif

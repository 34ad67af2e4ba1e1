#include "boundary.h"

#include <sentencepiece_trainer.h>

#include <string>
#include <unordered_map>

using csentencepiece::allocate;
using csentencepiece::guarded;
using sentencepiece::util::Status;

namespace {

/// Walks over lines that stand end to end in memory.
class Lines : public sentencepiece::SentenceIterator {
 public:
  Lines(const char *text, const uint64_t *ends, size_t count)
      : text_(text), ends_(ends), count_(count) {
    take();
  }

  bool done() const override { return index_ == count_; }

  void Next() override {
    ++index_;
    take();
  }

  const std::string &value() const override { return line_; }

  Status status() const override { return Status(); }

 private:
  void take() {
    if (index_ == count_) return;
    const uint64_t start = index_ == 0 ? 0 : ends_[index_ - 1];
    line_.assign(text_ + start, ends_[index_] - start);
  }

  const char *text_;
  const uint64_t *ends_;
  size_t count_;
  size_t index_ = 0;
  std::string line_;
};

}  // namespace

bool CSentencePiece_train(const char *text, const uint64_t *ends, size_t count,
                          const char *const *options, size_t optionCount, char **model,
                          size_t *length, CSentencePiece_Message *message) {
  return guarded(message, [&]() -> Status {
    std::unordered_map<std::string, std::string> arguments;
    for (size_t index = 0; index < optionCount; ++index) {
      arguments[options[2 * index]] = options[2 * index + 1];
    }
    Lines lines(text, ends, count);
    std::string trained;
    const Status status =
        sentencepiece::SentencePieceTrainer::Train(arguments, &lines, &trained);
    if (!status.ok()) return status;
    *model = allocate<char>(trained.size());
    *length = trained.size();
    if (!trained.empty()) std::memcpy(*model, trained.data(), trained.size());
    return status;
  });
}

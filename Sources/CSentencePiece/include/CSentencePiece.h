#ifndef CSENTENCEPIECE_H
#define CSENTENCEPIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A loaded SentencePiece model. Its functions may be called from many threads at once.
typedef struct CSentencePiece_Model CSentencePiece_Model;

/// Why a function failed, as text that ends with a zero byte.
typedef struct {
  char text[512];
} CSentencePiece_Message;

/// One piece of an encoded text: its id and the bytes of the text it stands for.
typedef struct {
  int32_t id;
  uint32_t begin;
  uint32_t end;
} CSentencePiece_Piece;

/// Loads a serialised ModelProto. The caller frees the model with `CSentencePiece_free`.
/// Returns null and fills `message` where the bytes are no model.
CSentencePiece_Model *_Nullable CSentencePiece_load(const void *_Nullable bytes, size_t count,
                                                    CSentencePiece_Message *_Nonnull message);

/// Frees a model.
void CSentencePiece_free(CSentencePiece_Model *_Nullable model);

/// The number of pieces, control pieces included.
int32_t CSentencePiece_size(const CSentencePiece_Model *_Nonnull model);

/// A piece's text, which the model owns. `id` is at least 0 and below the size.
const char *_Nonnull CSentencePiece_piece(const CSentencePiece_Model *_Nonnull model, int32_t id,
                                          size_t *_Nonnull count);

/// Encodes UTF-8 text. On success `ids` is an array of `count` ids that the caller frees with
/// `CSentencePiece_release`, null where there are none.
bool CSentencePiece_encode(const CSentencePiece_Model *_Nonnull model, const char *_Nullable text,
                           size_t length, int32_t *_Nullable *_Nonnull ids, size_t *_Nonnull count,
                           CSentencePiece_Message *_Nonnull message);

/// Encodes UTF-8 text of less than 4 GiB and says which bytes each piece stands for. On success
/// `pieces` is an array that the caller frees with `CSentencePiece_release`, null where there are
/// none.
bool CSentencePiece_encodePieces(const CSentencePiece_Model *_Nonnull model,
                                 const char *_Nullable text, size_t length,
                                 CSentencePiece_Piece *_Nullable *_Nonnull pieces,
                                 size_t *_Nonnull count, CSentencePiece_Message *_Nonnull message);

/// Decodes ids, each at least 0 and below the size. On success `text` is an array of `length` bytes
/// that the caller frees with `CSentencePiece_release`, null where there are none.
bool CSentencePiece_decode(const CSentencePiece_Model *_Nonnull model,
                           const int32_t *_Nullable ids, size_t count,
                           char *_Nullable *_Nonnull text, size_t *_Nonnull length,
                           CSentencePiece_Message *_Nonnull message);

/// Trains a model on `count` lines of UTF-8 that stand end to end in `text`; line i ends before byte
/// `ends[i]`. `options` are `optionCount` names and values in turn, as the library's trainer takes
/// them. On success `model` is a serialised ModelProto of `length` bytes that the caller frees with
/// `CSentencePiece_release`.
///
/// The library keeps its log level for the whole process: only errors are logged after this call.
bool CSentencePiece_train(const char *_Nullable text, const uint64_t *_Nullable ends, size_t count,
                          const char *_Nonnull const *_Nonnull options, size_t optionCount,
                          char *_Nullable *_Nonnull model, size_t *_Nonnull length,
                          CSentencePiece_Message *_Nonnull message);

/// The pieces of a model. Piece i ends before byte `ends[i]` of `bytes`.
typedef struct {
  /// The texts of the pieces, end to end; none is empty or holds a zero byte.
  const uint8_t *_Nonnull bytes;
  const uint32_t *_Nonnull ends;
  const float *_Nonnull scores;
  /// The kinds, by their numbers in `sentencepiece_model.proto`.
  const uint8_t *_Nonnull kinds;
  size_t count;
} CSentencePiece_Pieces;

/// What a model's `normalizer_spec` and `trainer_spec` say of normalisation.
typedef struct {
  /// `precompiled_charsmap`: a table whose every path stays within it, or nothing.
  const uint8_t *_Nullable table;
  size_t tableSize;
  bool addsDummyPrefix;
  bool removesExtraWhitespaces;
  bool escapesWhitespaces;
  bool treatsWhitespaceAsSuffix;
} CSentencePiece_Normalization;

/// An encoder of our own for unigram models without byte fallback; its ids are the library's. It may
/// be called from many threads at once.
typedef struct CSentencePiece_Unigram CSentencePiece_Unigram;

/// Makes an encoder from copies of its parts. The caller frees it with `CSentencePiece_freeUnigram`.
/// Returns null where memory is wanting.
CSentencePiece_Unigram *_Nullable CSentencePiece_makeUnigram(
    const CSentencePiece_Pieces *_Nonnull pieces,
    const CSentencePiece_Normalization *_Nonnull normalization);

/// Frees an encoder.
void CSentencePiece_freeUnigram(CSentencePiece_Unigram *_Nullable model);

/// Encodes any bytes of less than 2 GiB once they are normalised, as `CSentencePiece_encode` does.
bool CSentencePiece_encodeUnigram(const CSentencePiece_Unigram *_Nonnull model,
                                  const char *_Nullable text, size_t length,
                                  int32_t *_Nullable *_Nonnull ids, size_t *_Nonnull count,
                                  CSentencePiece_Message *_Nonnull message);

/// Frees an array that one of the functions above gave.
void CSentencePiece_release(void *_Nullable array);

#ifdef __cplusplus
}
#endif

#endif

// Views, joins and selections by index.
#ifndef CTORCH_SHAPES_H
#define CTORCH_SHAPES_H

#include "CTorchTensors.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CTorch_List {
  const CTorch_Tensor *_Nonnull const *_Nullable tensors;
  size_t count;
} CTorch_List;

// One size may be -1: it is what the others leave.
CTorch_Status CTorch_reshape(const CTorch_Tensor *tensor, CTorch_Shape shape,
                             CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_permute(const CTorch_Tensor *tensor, CTorch_Shape order,
                             CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_transpose(const CTorch_Tensor *tensor, int64_t first, int64_t second,
                               CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_expand(const CTorch_Tensor *tensor, CTorch_Shape shape,
                            CTorch_Tensor *_Nullable *_Nonnull result);
// A view of `length` elements of a dimension.
CTorch_Status CTorch_narrow(const CTorch_Tensor *tensor, int64_t dimension, int64_t start,
                            int64_t length, CTorch_Tensor *_Nullable *_Nonnull result);
// A view of one element of a dimension, which is then gone.
CTorch_Status CTorch_select(const CTorch_Tensor *tensor, int64_t dimension, int64_t index,
                            CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_unsqueeze(const CTorch_Tensor *tensor, int64_t dimension,
                               CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_squeeze(const CTorch_Tensor *tensor, int64_t dimension,
                             CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_concatenate(CTorch_List tensors, int64_t dimension,
                                 CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_stack(CTorch_List tensors, int64_t dimension,
                           CTorch_Tensor *_Nullable *_Nonnull result);
// Keeps the elements on and below the diagonal.
CTorch_Status CTorch_lowerTriangle(const CTorch_Tensor *tensor, int64_t diagonal,
                                   CTorch_Tensor *_Nullable *_Nonnull result);

CTorch_Status CTorch_indexSelect(const CTorch_Tensor *tensor, int64_t dimension,
                                 const CTorch_Tensor *indices,
                                 CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_gather(const CTorch_Tensor *tensor, int64_t dimension,
                            const CTorch_Tensor *indices,
                            CTorch_Tensor *_Nullable *_Nonnull result);
// A copy of `tensor` in which the slices at `indices` are those of `source`.
CTorch_Status CTorch_indexCopy(const CTorch_Tensor *tensor, int64_t dimension,
                               const CTorch_Tensor *indices, const CTorch_Tensor *source,
                               CTorch_Tensor *_Nullable *_Nonnull result);
// The indices, row by row, of the elements that are not zero: [count, rank].
CTorch_Status CTorch_nonZero(const CTorch_Tensor *tensor,
                             CTorch_Tensor *_Nullable *_Nonnull result);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

#include "boundary.h"

using namespace ctorch;

CTorch_Status CTorch_reshape(const CTorch_Tensor *tensor, CTorch_Shape shape,
                             CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.reshape(sizes(shape)); });
}

CTorch_Status CTorch_permute(const CTorch_Tensor *tensor, CTorch_Shape order,
                             CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.permute(sizes(order)); });
}

CTorch_Status CTorch_transpose(const CTorch_Tensor *tensor, int64_t first, int64_t second,
                               CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.transpose(first, second); });
}

CTorch_Status CTorch_expand(const CTorch_Tensor *tensor, CTorch_Shape shape,
                            CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.expand(sizes(shape)); });
}

CTorch_Status CTorch_narrow(const CTorch_Tensor *tensor, int64_t dimension, int64_t start,
                            int64_t length, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.narrow(dimension, start, length); });
}

CTorch_Status CTorch_select(const CTorch_Tensor *tensor, int64_t dimension, int64_t index,
                            CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.select(dimension, index); });
}

CTorch_Status CTorch_unsqueeze(const CTorch_Tensor *tensor, int64_t dimension,
                               CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.unsqueeze(dimension); });
}

CTorch_Status CTorch_squeeze(const CTorch_Tensor *tensor, int64_t dimension,
                             CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.squeeze(dimension); });
}

CTorch_Status CTorch_concatenate(CTorch_List tensors, int64_t dimension, CTorch_Tensor **result) {
  return produce(result, [&] { return at::cat(list(tensors), dimension); });
}

CTorch_Status CTorch_stack(CTorch_List tensors, int64_t dimension, CTorch_Tensor **result) {
  return produce(result, [&] { return at::stack(list(tensors), dimension); });
}

CTorch_Status CTorch_lowerTriangle(const CTorch_Tensor *tensor, int64_t diagonal,
                                   CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.tril(diagonal); });
}

CTorch_Status CTorch_indexSelect(const CTorch_Tensor *tensor, int64_t dimension,
                                 const CTorch_Tensor *indices, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.index_select(dimension, indices->value); });
}

CTorch_Status CTorch_gather(const CTorch_Tensor *tensor, int64_t dimension,
                            const CTorch_Tensor *indices, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.gather(dimension, indices->value); });
}

CTorch_Status CTorch_indexCopy(const CTorch_Tensor *tensor, int64_t dimension,
                               const CTorch_Tensor *indices, const CTorch_Tensor *source,
                               CTorch_Tensor **result) {
  return produce(
      result, [&] { return tensor->value.index_copy(dimension, indices->value, source->value); });
}

CTorch_Status CTorch_nonZero(const CTorch_Tensor *tensor, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.nonzero(); });
}

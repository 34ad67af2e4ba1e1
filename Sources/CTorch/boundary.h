// What the files of this target share: the handles' contents, the one exception boundary, and the
// translations between libtorch's types and the header's.
#ifndef CTORCH_BOUNDARY_H
#define CTORCH_BOUNDARY_H

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <optional>
#include <utility>
#include <vector>

#include "CTorch.h"

struct CTorch_Tensor {
  at::Tensor value;
};

struct CTorch_Generator {
  at::Generator value;
};

namespace ctorch {

// Keeps the message of the exception in flight for CTorch_lastMessage.
void rememberCurrentException() noexcept;

// Runs a function and turns any exception into a status: the only catch clause of this target.
template <typename Body>
CTorch_Status boundary(Body &&body) noexcept {
  try {
    body();
    return CTorch_ok;
  } catch (...) {
    rememberCurrentException();
    return CTorch_failed;
  }
}

// Hands the tensor that a function returns to the caller under a new handle.
template <typename Body>
CTorch_Status produce(CTorch_Tensor **result, Body &&body) noexcept {
  return boundary([&] { *result = new CTorch_Tensor{body()}; });
}

inline at::IntArrayRef sizes(CTorch_Shape shape) { return {shape.sizes, shape.rank}; }

inline std::optional<at::Tensor> optional(const CTorch_Tensor *tensor) {
  return tensor == nullptr ? std::nullopt : std::make_optional(tensor->value);
}

std::vector<at::Tensor> list(CTorch_List tensors);
at::ScalarType scalarType(CTorch_ScalarType type);
CTorch_ScalarType scalarType(at::ScalarType type);
at::Device device(CTorch_Device device);
CTorch_Device device(at::Device device);

}  // namespace ctorch

#endif

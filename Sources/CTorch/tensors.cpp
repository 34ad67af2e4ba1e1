#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/version.h>

#include <cstring>
#include <string>

#include "boundary.h"

using namespace ctorch;

namespace {

thread_local std::string lastMessage;

void remember(const char *message) noexcept {
  try {
    lastMessage = message;
  } catch (...) {
    // Without memory for the message there is none to tell.
    lastMessage.clear();
  }
}

at::TensorOptions options(CTorch_ScalarType type, CTorch_Device place) {
  return at::TensorOptions().dtype(scalarType(type)).device(device(place));
}

}  // namespace

namespace ctorch {

void rememberCurrentException() noexcept {
  try {
    throw;
  } catch (const c10::Error &error) {
    remember(error.what_without_backtrace());
  } catch (const std::exception &error) {
    remember(error.what());
  } catch (...) {
    remember("an exception of an unknown type");
  }
}

std::vector<at::Tensor> list(CTorch_List tensors) {
  std::vector<at::Tensor> values;
  values.reserve(tensors.count);
  for (size_t index = 0; index < tensors.count; index++) {
    values.push_back(tensors.tensors[index]->value);
  }
  return values;
}

at::ScalarType scalarType(CTorch_ScalarType type) {
  switch (type) {
    case CTorch_float32: return at::kFloat;
    case CTorch_float64: return at::kDouble;
    case CTorch_float16: return at::kHalf;
    case CTorch_bfloat16: return at::kBFloat16;
    case CTorch_int8: return at::kChar;
    case CTorch_uint8: return at::kByte;
    case CTorch_int32: return at::kInt;
    case CTorch_int64: return at::kLong;
    case CTorch_bool: return at::kBool;
  }
  TORCH_CHECK(false, "scalar type ", static_cast<int>(type), " is none of weft's");
}

CTorch_ScalarType scalarType(at::ScalarType type) {
  switch (type) {
    case at::kFloat: return CTorch_float32;
    case at::kDouble: return CTorch_float64;
    case at::kHalf: return CTorch_float16;
    case at::kBFloat16: return CTorch_bfloat16;
    case at::kChar: return CTorch_int8;
    case at::kByte: return CTorch_uint8;
    case at::kInt: return CTorch_int32;
    case at::kLong: return CTorch_int64;
    case at::kBool: return CTorch_bool;
    default: TORCH_CHECK(false, "scalar type ", type, " is none of weft's");
  }
}

at::Device device(CTorch_Device device) {
  switch (device.kind) {
    case CTorch_cpu: return at::Device(at::kCPU);
    case CTorch_cuda: return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device.index));
    case CTorch_meta: return at::Device(at::kMeta);
  }
  TORCH_CHECK(false, "device ", static_cast<int>(device.kind), " is none of weft's");
}

CTorch_Device device(at::Device device) {
  switch (device.type()) {
    case at::kCPU: return {CTorch_cpu, 0};
    case at::kCUDA: return {CTorch_cuda, device.index()};
    case at::kMeta: return {CTorch_meta, 0};
    default: TORCH_CHECK(false, "device ", device, " is none of weft's");
  }
}

}  // namespace ctorch

const char *CTorch_lastMessage(void) { return lastMessage.c_str(); }

const char *CTorch_version(void) { return TORCH_VERSION; }

CTorch_Status CTorch_tensorFromBytes(const void *bytes, size_t count, CTorch_ScalarType type,
                                     CTorch_Shape shape, CTorch_Tensor **result) {
  return produce(result, [&] {
    at::Tensor tensor = at::empty(sizes(shape), options(type, {CTorch_cpu, 0}));
    TORCH_CHECK(tensor.nbytes() == count, "a tensor of shape ", tensor.sizes(), " holds ",
                tensor.nbytes(), " bytes, not ", count);
    if (count > 0) std::memcpy(tensor.mutable_data_ptr(), bytes, count);
    return tensor;
  });
}

CTorch_Status CTorch_full(double value, CTorch_ScalarType type, CTorch_Shape shape,
                          CTorch_Device place, CTorch_Tensor **result) {
  return produce(result, [&] { return at::full(sizes(shape), value, options(type, place)); });
}

CTorch_Status CTorch_empty(CTorch_ScalarType type, CTorch_Shape shape, CTorch_Device place,
                           CTorch_Tensor **result) {
  return produce(result, [&] { return at::empty(sizes(shape), options(type, place)); });
}

CTorch_Status CTorch_range(int64_t start, int64_t end, CTorch_ScalarType type, CTorch_Device place,
                           CTorch_Tensor **result) {
  return produce(result, [&] { return at::arange(start, end, options(type, place)); });
}

void CTorch_tensorFree(CTorch_Tensor *tensor) { delete tensor; }

CTorch_Status CTorch_describe(const CTorch_Tensor *tensor, CTorch_Description *result) {
  return boundary([&] {
    const at::Tensor &value = tensor->value;
    *result = {scalarType(value.scalar_type()),
               ctorch::device(value.device()),
               static_cast<size_t>(value.dim()),
               value.numel(),
               value.is_contiguous(),
               value.requires_grad()};
  });
}

CTorch_Status CTorch_sizes(const CTorch_Tensor *tensor, int64_t *sizes, size_t rank) {
  return boundary([&] {
    const at::IntArrayRef shape = tensor->value.sizes();
    TORCH_CHECK(shape.size() == rank, "a tensor of shape ", shape, " has not ", rank,
                " dimensions");
    std::copy(shape.begin(), shape.end(), sizes);
  });
}

CTorch_Status CTorch_bytes(const CTorch_Tensor *tensor, const void **bytes, size_t *count) {
  return boundary([&] {
    const at::Tensor &value = tensor->value;
    TORCH_CHECK(value.is_cpu() && value.is_contiguous(),
                "only a contiguous tensor on the CPU is read as bytes");
    *bytes = value.const_data_ptr();
    *count = value.nbytes();
  });
}

CTorch_Status CTorch_item(const CTorch_Tensor *tensor, double *result) {
  return boundary([&] { *result = tensor->value.item().toDouble(); });
}

CTorch_Status CTorch_convert(const CTorch_Tensor *tensor, CTorch_ScalarType type,
                             CTorch_Device place, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.to(options(type, place)); });
}

CTorch_Status CTorch_clone(const CTorch_Tensor *tensor, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.clone(); });
}

CTorch_Status CTorch_contiguous(const CTorch_Tensor *tensor, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.contiguous(); });
}

CTorch_Status CTorch_detach(const CTorch_Tensor *tensor, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value.detach(); });
}

CTorch_Status CTorch_assign(CTorch_Tensor *tensor, const CTorch_Tensor *source) {
  return boundary([&] { tensor->value.copy_(source->value); });
}

CTorch_Status CTorch_fill(CTorch_Tensor *tensor, double value) {
  return boundary([&] { tensor->value.fill_(value); });
}

CTorch_Status CTorch_generatorMake(uint64_t seed, CTorch_Device place, CTorch_Generator **result) {
  return boundary([&] {
    at::Generator generator =
        place.kind == CTorch_cuda
            ? at::detail::getCUDAHooks().getNewGenerator(static_cast<at::DeviceIndex>(place.index))
            : at::detail::createCPUGenerator();
    generator.set_current_seed(seed);
    *result = new CTorch_Generator{generator};
  });
}

void CTorch_generatorFree(CTorch_Generator *generator) { delete generator; }

CTorch_Status CTorch_generatorState(const CTorch_Generator *generator, CTorch_Tensor **result) {
  return produce(result, [&] { return generator->value.get_state(); });
}

CTorch_Status CTorch_generatorRestore(CTorch_Generator *generator, const CTorch_Tensor *state) {
  return boundary([&] { generator->value.set_state(state->value); });
}

CTorch_Status CTorch_fillNormal(CTorch_Tensor *tensor, double mean, double standardDeviation,
                                CTorch_Generator *generator) {
  return boundary([&] {
    at::NoGradGuard unrecorded;
    tensor->value.normal_(mean, standardDeviation, generator->value);
  });
}

CTorch_Status CTorch_fillUniform(CTorch_Tensor *tensor, double lower, double upper,
                                 CTorch_Generator *generator) {
  return boundary([&] {
    at::NoGradGuard unrecorded;
    tensor->value.uniform_(lower, upper, generator->value);
  });
}

CTorch_Status CTorch_multinomial(const CTorch_Tensor *weights, int64_t count, bool replacement,
                                 CTorch_Generator *generator, CTorch_Tensor **result) {
  return produce(result,
                 [&] { return weights->value.multinomial(count, replacement, generator->value); });
}

CTorch_Status CTorch_setThreads(int32_t count) {
  return boundary([&] {
    // A thread's first use of libtorch takes over what any thread set last: it must lie before the
    // setting, not after it.
    at::get_num_threads();
    at::set_num_threads(count);
  });
}

void CTorch_keepFreedMemory(void) {
  // By default each large block is mapped and unmapped by itself, and the kernel clears its pages
  // anew. One arena, because those of other threads cannot grow beyond 64 MiB.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_ARENA_MAX, 1);
}

int32_t CTorch_threads(void) { return at::get_num_threads(); }

CTorch_Status CTorch_cudaDeviceCount(int32_t *result) {
  return boundary([&] {
    // The library registers its devices as it is loaded; it must be global for libtorch_cpu to see
    // it.
    static void *const library = dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
    *result = library == nullptr ? 0 : at::detail::getCUDAHooks().deviceCount();
  });
}

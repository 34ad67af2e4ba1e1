// c10d's header leaves the class out where this is not set; libtorch_cpu.so has it.
#define USE_C10D_GLOO

#include <ATen/ops/empty.h>
#include <c10/util/Logging.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include "boundary.h"

using namespace ctorch;
using std::chrono::milliseconds;

struct CTorch_Store {
  c10::intrusive_ptr<c10d::TCPStore> connection;
  c10::intrusive_ptr<c10d::Store> keys;
};

struct CTorch_Group {
  c10::intrusive_ptr<c10d::Backend> processes;
};

struct CTorch_Sum {
  c10::intrusive_ptr<c10d::Work> work;
};

namespace {

// Who has died is found by other means; a sum may take as long as the slowest process computes.
constexpr milliseconds longestSum = std::chrono::hours(24 * 7);

// c10d writes traces to standard error of what it also throws.
void keepQuiet() {
  constexpr int fatal = 3;
  if (std::getenv("TORCH_CPP_LOG_LEVEL") == nullptr) FLAGS_caffe2_log_level = fatal;
}

std::vector<uint8_t> value(const void *bytes, size_t count) {
  const auto *start = static_cast<const uint8_t *>(bytes);
  return std::vector<uint8_t>(start, start + count);
}

at::Tensor tensor(const std::vector<uint8_t> &value) {
  at::Tensor tensor = at::empty({static_cast<int64_t>(value.size())}, at::kByte);
  if (!value.empty()) std::memcpy(tensor.mutable_data_ptr(), value.data(), value.size());
  return tensor;
}

}  // namespace

CTorch_Status CTorch_storeOpen(const char *host, uint16_t port, bool serves, int64_t patience,
                               const char *prefix, CTorch_Store **result) {
  return boundary([&] {
    keepQuiet();
    c10d::TCPStoreOptions options;
    options.port = port;
    options.isServer = serves;
    options.waitWorkers = false;
    options.timeout = milliseconds(patience);
    auto connection = c10::make_intrusive<c10d::TCPStore>(host, options);
    auto keys = c10::make_intrusive<c10d::PrefixStore>(prefix, connection);
    *result = new CTorch_Store{std::move(connection), std::move(keys)};
  });
}

void CTorch_storeFree(CTorch_Store *store) { delete store; }

uint16_t CTorch_storePort(const CTorch_Store *store) { return store->connection->getPort(); }

CTorch_Status CTorch_storeSet(CTorch_Store *store, const char *key, const void *bytes,
                              size_t count) {
  return boundary([&] { store->keys->set(key, value(bytes, count)); });
}

CTorch_Status CTorch_storeSetOnce(CTorch_Store *store, const char *key, const void *bytes,
                                  size_t count, CTorch_Tensor **result) {
  return produce(
      result, [&] { return tensor(store->keys->compareSet(key, {}, value(bytes, count))); });
}

CTorch_Status CTorch_storeGet(CTorch_Store *store, const char *key, CTorch_Tensor **result) {
  return boundary([&] {
    // `get` waits for a key that is not there.
    const bool isThere = store->keys->check({key});
    *result = isThere ? new CTorch_Tensor{tensor(store->keys->get(key))} : nullptr;
  });
}

CTorch_Status CTorch_storeAdd(CTorch_Store *store, const char *key, int64_t amount,
                              int64_t *result) {
  return boundary([&] { *result = store->keys->add(key, amount); });
}

CTorch_Status CTorch_groupMake(CTorch_Store *store, int32_t rank, int32_t size, const char *host,
                               int64_t patience, CTorch_Group **result) {
  return boundary([&] {
    using Gloo = c10d::ProcessGroupGloo;
    auto options = host == nullptr ? Gloo::Options::create_default(milliseconds(patience))
                                   : Gloo::Options::create(milliseconds(patience));
    if (host != nullptr) options->devices.push_back(Gloo::createDeviceForHostname(host));
    auto processes = c10::make_intrusive<Gloo>(store->keys, rank, size, options);
    processes->setTimeout(longestSum);
    *result = new CTorch_Group{std::move(processes)};
  });
}

void CTorch_groupFree(CTorch_Group *group) { delete group; }

CTorch_Status CTorch_sumBegin(CTorch_Group *group, CTorch_Tensor *tensor, CTorch_Sum **result) {
  return boundary([&] {
    TORCH_CHECK(tensor->value.is_contiguous() && tensor->value.is_cpu(),
                "a sum over processes is of a contiguous tensor on the CPU");
    std::vector<at::Tensor> tensors{tensor->value.detach()};
    *result = new CTorch_Sum{group->processes->allreduce(tensors)};
  });
}

CTorch_Status CTorch_sumWait(CTorch_Sum *sum, int64_t patience) {
  return boundary([&] { sum->work->wait(milliseconds(patience)); });
}

bool CTorch_sumHasEnded(const CTorch_Sum *sum) { return sum->work->isCompleted(); }

void CTorch_sumFree(CTorch_Sum *sum) { delete sum; }

// Compares the kernels with the limits of the core: bytes moved and multiply-adds per second, and their share of the
// limits, which the same run measures.
//
// One JSON object per line: {"kernel", "shape", "gigabytes_per_second", "gigaflops", "share_of_limit", "limit"}.

#define _GNU_SOURCE

#include "CKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LANES = 16 };
typedef float vector __attribute__((vector_size(64)));

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static float *numbers(long count) {
  float *result = aligned_alloc(64, ((size_t)count * sizeof(float) + 63) / 64 * 64);
  for (long i = 0; i < count; i++) result[i] = (float)(i * 7919 % 1000) / 1000 + 1e-3f;
  return result;
}

/// Returns the fused multiply-adds per second of independent registers, the limit of the core. `registers` sums of 64
/// bytes must stay in registers, of which AVX-512 has 32 of that size and AVX2 8.
static inline __attribute__((always_inline)) double flops_of(const int registers) {
  vector sums[12];
  for (int i = 0; i < registers; i++) sums[i] = (vector){0} + (float)i;
  const vector x = (vector){0} + 0.999f;
  const long rounds = 20000000;
  const double start = seconds();
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < registers; i++) sums[i] = sums[i] * x + x;
  }
  const double elapsed = seconds() - start;
  float total = 0;
  for (int i = 0; i < registers; i++) total += sums[i][0];
  if (total == 12345) printf(" ");
  return 2.0 * LANES * registers * (double)rounds / elapsed;
}

static double peak_flops(void) {
  const double few = flops_of(6), many = flops_of(12);
  return few > many ? few : many;
}

/// Returns the bytes per second of reading and writing three arrays of `bytes` in total, as ADADELTA does.
static double update_bandwidth(long bytes) {
  const long count = bytes / 12 / LANES * LANES;
  float *a = numbers(count), *b = numbers(count), *c = numbers(count);
  const long rounds = 2000000000 / bytes + 1;
  double best = 0;
  for (int repeat = 0; repeat < 3; repeat++) {
    const double start = seconds();
    for (long round = 0; round < rounds; round++) {
      for (long i = 0; i < count; i += LANES) {
        vector *x = (vector *)(a + i), *y = (vector *)(b + i), *z = (vector *)(c + i);
        *x += 1;
        *y += 1;
        *z += 1;
      }
      __asm__ volatile("" ::: "memory");
    }
    const double rate = 24.0 * (double)count * (double)rounds / (seconds() - start);
    best = rate > best ? rate : best;
  }
  free(a);
  free(b);
  free(c);
  return best;
}

/// Returns the bytes per second of reading an array of `bytes`, as the forward pass does.
static double read_bandwidth(long bytes) {
  const long count = bytes / 4 / (4 * LANES) * 4 * LANES;
  float *a = numbers(count);
  const long rounds = 4000000000 / bytes + 1;
  double best = 0;
  for (int repeat = 0; repeat < 3; repeat++) {
    vector sums[4] = {{0}};
    const double start = seconds();
    for (long round = 0; round < rounds; round++) {
      for (long i = 0; i < count; i += 4 * LANES)
        for (int k = 0; k < 4; k++) sums[k] += *(vector *)(a + i + k * LANES);
      __asm__ volatile("" ::: "memory");
    }
    const double rate = 4.0 * (double)count * (double)rounds / (seconds() - start);
    if (sums[0][0] + sums[1][0] + sums[2][0] + sums[3][0] == 12345) printf(" ");
    best = rate > best ? rate : best;
  }
  free(a);
  return best;
}

static void print(const char *kernel, const char *shape, double bytes, double flops, double share, const char *limit) {
  printf("{\"kernel\": \"%s\", \"shape\": \"%s\", \"gigabytes_per_second\": %.1f, \"gigaflops\": %.1f, "
         "\"share_of_limit\": %.2f, \"limit\": \"%s\"}\n",
         kernel, shape, bytes / 1e9, flops / 1e9, share, limit);
}

static long padded(long count) { return (count + LANES - 1) / LANES * LANES; }

static void measure(long inputs, long units, double peak) {
  const long stride = padded(inputs), unit_stride = padded(units), count = units * stride, rows = 256;
  ck_layer layer = {.weights = numbers(count),
                    .memory = numbers(count),
                    .squares = numbers(count),
                    .bias = numbers(unit_stride),
                    .bias_memory = numbers(unit_stride),
                    .bias_squares = numbers(unit_stride),
                    .inputs = inputs,
                    .rows = units,
                    .stride = stride};
  float *input = numbers(rows * stride), *net = numbers(rows * unit_stride), *errors = numbers(rows * unit_stride);
  float *gradients = numbers(count);
  const ck_adadelta rule = {0.99f, 1e-8f};
  const ck_penalty penalty = {{0, 0}, INFINITY, 1, 1, 0};
  char shape[64];
  snprintf(shape, sizeof shape, "%ld x %ld", inputs, units);
  const long rounds = 400000000 / count + 1;
  const int has_zeros = ck_has_zeros(input, inputs);
  const unsigned former = ck_flush_denormals();

  double start = seconds();
  for (long i = 0; i < rounds; i++) ck_net_rows(net, &layer, input, 0);
  double elapsed = seconds() - start, bytes = 4.0 * (double)count * (double)rounds / elapsed;
  print("forward pass of a row", shape, bytes, bytes / 2, bytes / read_bandwidth(4 * count), "reading");

  for (long i = 0; i < units; i++) errors[i] = 1e-4f;
  start = seconds();
  for (long i = 0; i < rounds / 4 + 1; i++) ck_adadelta_rows(&layer, 0, errors, input, has_zeros, 0, &rule, &penalty);
  elapsed = seconds() - start;
  bytes = 24.0 * (double)count * (double)(rounds / 4 + 1) / elapsed;
  print("ADADELTA step of a row", shape, bytes, bytes / 24 * 17, bytes / update_bandwidth(12 * count),
        "reading and writing");

  const long blocks = rounds / 32 + 1;
  start = seconds();
  for (long i = 0; i < blocks; i++) ck_net_block(net, &layer, input, rows, unit_stride, stride);
  double flops = 2.0 * (double)(rows * inputs * units) * (double)blocks / (seconds() - start);
  print("forward pass of 256 rows", shape, 0, flops, flops / peak, "products");

  start = seconds();
  for (long i = 0; i < blocks; i++)
    ck_outer_sum(gradients, errors, input, rows, units, inputs, stride, unit_stride, stride);
  flops = 2.0 * (double)(rows * inputs * units) * (double)blocks / (seconds() - start);
  print("gradients of 256 rows", shape, 0, flops, flops / peak, "products");

  start = seconds();
  for (long i = 0; i < blocks; i++) ck_below_block(input, &layer, errors, rows, stride, unit_stride);
  flops = 2.0 * (double)(rows * inputs * units) * (double)blocks / (seconds() - start);
  print("errors below of 256 rows", shape, 0, flops, flops / peak, "products");
  ck_restore_denormals(former);
}

static void nothing(const void *context, long slice, long thread) {
  (void)context;
  (void)slice;
  (void)thread;
}

/// Returns the nanoseconds that two threads need to start and end a common task; shows how far apart the cores are.
static void measure_handshake(void) {
  ck_team *team = ck_team_create(2);
  if (!team) return;
  double best = 1e9;
  for (int repeat = 0; repeat < 5; repeat++) {
    const double start = seconds();
    for (long i = 0; i < 100000; i++) ck_team_run(team, nothing, "", 1, 2, 0, 0);
    const double each = (seconds() - start) / 100000 * 1e9;
    // A time below that of any two cores means that the team paused because another program was busy.
    best = each > 40 && each < best ? each : best;
  }
  ck_team_destroy(team);
  printf("{\"handshake_nanoseconds\": %.0f}\n", best);
}

int main(void) {
  const double peak = peak_flops();
  measure_handshake();
  measure(717, 50, peak);
  measure(717, 200, peak);
  measure(200, 200, peak);
  measure(1024, 1024, peak);
  return 0;
}

// A straightforward implementation as the reference for the batch-1 kernels: ADADELTA, one row at a time, rectifiers,
// weights row-major by unit, units with zero error skipped.
//
//     PlainLoop TRAIN TEST EPOCHS THREADS HIDDEN...
//
// A table has two 64-bit counts (rows, inputs), rows of standardised floats, then 32-bit class numbers
// (peers/tables.py). Two threads share the rows and write the weights without locks.

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CLASSES = 10, MOST_LAYERS = 8, MOST_THREADS = 64 };

typedef struct {
  long inputs, units;
  float *weights, *steps, *squares, *biases, *bias_steps, *bias_squares;
} layer;

typedef struct {
  float *outputs[MOST_LAYERS], *errors[MOST_LAYERS], *below[MOST_LAYERS];
} activations;

typedef struct {
  long rows, inputs;
  float *values;
  int *classes;
} table;

static const float rho = 0.99f, epsilon = 1e-8f;
static layer layers[MOST_LAYERS];
static int layer_count;
static table training;
static long *order, samples, thread_count;
static unsigned long long random_state = 88172645463325252ull;

static float uniform(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (float)(random_state >> 40) / (float)(1 << 24);
}

static float *zeros(long count) {
  const size_t bytes = ((size_t)count * sizeof(float) + 63) / 64 * 64;
  float *numbers = aligned_alloc(64, bytes);
  if (!numbers) exit(1);
  memset(numbers, 0, bytes);
  return numbers;
}

static table read_table(const char *path) {
  table t;
  FILE *file = fopen(path, "rb");
  if (!file || fread(&t.rows, 8, 1, file) != 1 || fread(&t.inputs, 8, 1, file) != 1) exit(2);
  const size_t count = (size_t)(t.rows * t.inputs);
  t.values = malloc(count * sizeof(float));
  t.classes = malloc((size_t)t.rows * sizeof(int));
  if (fread(t.values, sizeof(float), count, file) != count) exit(2);
  if (fread(t.classes, sizeof(int), (size_t)t.rows, file) != (size_t)t.rows) exit(2);
  fclose(file);
  return t;
}

static layer make_layer(long inputs, long units) {
  const long count = inputs * units;
  layer l = {inputs, units, zeros(count), zeros(count), zeros(count), zeros(units), zeros(units), zeros(units)};
  const float range = sqrtf(6.0f / (float)(inputs + units));
  for (long i = 0; i < count; i++) l.weights[i] = (2 * uniform() - 1) * range;
  for (long unit = 0; unit < units; unit++) l.biases[unit] = 0.5f;
  return l;
}

static activations make_activations(void) {
  activations a;
  for (int k = 0; k < layer_count; k++) {
    a.outputs[k] = zeros(layers[k].units);
    a.errors[k] = zeros(layers[k].units);
    a.below[k] = zeros(layers[k].inputs);
  }
  return a;
}

static void softmax(float *values) {
  float largest = values[0], sum = 0;
  for (int i = 1; i < CLASSES; i++) largest = values[i] > largest ? values[i] : largest;
  for (int i = 0; i < CLASSES; i++) sum += values[i] = expf(values[i] - largest);
  for (int i = 0; i < CLASSES; i++) values[i] /= sum;
}

static void forward(activations *a, const float *row) {
  for (int k = 0; k < layer_count; k++) {
    const layer *l = &layers[k];
    const float *input = k ? a->outputs[k - 1] : row;
    for (long unit = 0; unit < l->units; unit++) {
      const float *w = l->weights + unit * l->inputs;
      float sum = l->biases[unit];
      for (long i = 0; i < l->inputs; i++) sum += w[i] * input[i];
      a->outputs[k][unit] = k + 1 < layer_count && sum < 0 ? 0 : sum;
    }
  }
  softmax(a->outputs[layer_count - 1]);
}

static void learn(layer *l, const float *errors, const float *input, float *restrict below) {
  if (below) memset(below, 0, (size_t)l->inputs * sizeof(float));
  for (long unit = 0; unit < l->units; unit++) {
    const float error = errors[unit];
    if (error == 0) continue;
    float *restrict w = l->weights + unit * l->inputs, *restrict d = l->steps + unit * l->inputs;
    float *restrict q = l->squares + unit * l->inputs;
    if (below)
      for (long i = 0; i < l->inputs; i++) below[i] += error * w[i];
    for (long i = 0; i < l->inputs; i++) {
      const float gradient = error * input[i];
      q[i] = rho * q[i] + (1 - rho) * gradient * gradient;
      const float step = sqrtf((d[i] + epsilon) / (q[i] + epsilon)) * gradient;
      d[i] = rho * d[i] + (1 - rho) * step * step;
      w[i] -= step;
    }
    l->bias_squares[unit] = rho * l->bias_squares[unit] + (1 - rho) * error * error;
    const float step = sqrtf((l->bias_steps[unit] + epsilon) / (l->bias_squares[unit] + epsilon)) * error;
    l->bias_steps[unit] = rho * l->bias_steps[unit] + (1 - rho) * step * step;
    l->biases[unit] -= step;
  }
}

static void *train(void *argument) {
  activations a = make_activations();
  for (long s = (long)argument; s < samples; s += thread_count) {
    const long row = order[s % training.rows];
    const float *values = training.values + row * training.inputs;
    forward(&a, values);
    for (int k = layer_count - 1; k >= 0; k--) {
      for (long unit = 0; unit < layers[k].units; unit++)
        a.errors[k][unit] = k + 1 == layer_count     ? a.outputs[k][unit] - (float)(unit == training.classes[row])
                            : a.outputs[k][unit] > 0 ? a.below[k + 1][unit]
                                                     : 0;
      learn(&layers[k], a.errors[k], k ? a.outputs[k - 1] : values, k ? a.below[k] : 0);
    }
  }
  return 0;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int count, char **arguments) {
  if (count < 6) return 2;
  training = read_table(arguments[1]);
  const table test = read_table(arguments[2]);
  samples = (long)(atof(arguments[3]) * (double)training.rows);
  thread_count = atol(arguments[4]);
  layer_count = count - 5 + 1;
  if (layer_count > MOST_LAYERS || thread_count < 1 || thread_count > MOST_THREADS) return 2;
  for (int k = 0; k < layer_count; k++)
    layers[k] =
      make_layer(k ? layers[k - 1].units : training.inputs, k + 1 < layer_count ? atol(arguments[5 + k]) : CLASSES);
  order = malloc((size_t)training.rows * sizeof(long));
  for (long i = 0; i < training.rows; i++) order[i] = i;
  for (long i = training.rows - 1; i > 0; i--) {
    const long other = (long)(uniform() * (float)(i + 1)), row = order[i];
    order[i] = order[other];
    order[other] = row;
  }
  const double start = seconds();
  pthread_t threads[MOST_THREADS];
  for (long t = 1; t < thread_count; t++) pthread_create(&threads[t], 0, train, (void *)t);
  train(0);
  for (long t = 1; t < thread_count; t++) pthread_join(threads[t], 0);
  const double elapsed = seconds() - start;
  activations a = make_activations();
  long wrong = 0;
  for (long row = 0; row < test.rows; row++) {
    forward(&a, test.values + row * test.inputs);
    int best = 0;
    for (int i = 1; i < CLASSES; i++)
      if (a.outputs[layer_count - 1][i] > a.outputs[layer_count - 1][best]) best = i;
    wrong += best != test.classes[row];
  }
  printf("{\"samples_per_second\": %.0f, \"test_error\": %.4f}\n", (double)samples / elapsed,
         (double)wrong / (double)test.rows);
  return 0;
}

// Measures the effect of estimated square roots on ADADELTA over many rows. The running average of squared steps
// contains the steps that it determines, so an error could add up. Compares with exact roots, and with a constant error
// of the largest size and the same sign, on artificial gradients.
//
// One JSON object per line: {"gradients", "root", "mean_log_memory", "mean_path"}; "estimate" is that of the processor.
// docs/decisions/0014 has the table.

#include <math.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { WEIGHTS = 200, ROWS = 300000 };

typedef enum { NORMAL, HEAVY_TAILS, RARE, SHRINKING, GRADIENTS } gradients;
typedef enum { EXACT, ESTIMATE, TOO_LARGE, TOO_SMALL, ROOTS } root;

static const char *const gradient_names[] = {"normal", "heavy tails", "one in twenty", "shrinking"};
static const char *const root_names[] = {"exact", "estimate", "always too large", "always too small"};

static float estimated_root(float x) {
#if defined(__x86_64__)
  return _mm_cvtss_f32(_mm_rsqrt_ss(_mm_set_ss(x)));
#else
  return 1 / sqrtf(x);
#endif
}

static uint64_t state;

/// Marsaglia's xorshift: uniform in [0, 1).
static double uniform(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (double)(state >> 11) * 0x1p-53;
}

static double normal(void) { return sqrt(-2 * log(uniform() + 1e-300)) * cos(6.283185307179586 * uniform()); }

static double gradient(gradients kind, long row) {
  const double value = 0.01 * normal();
  switch (kind) {
    case HEAVY_TAILS: return value * exp(normal());
    case RARE: return uniform() < 0.05 ? value : 0;
    case SHRINKING: return value / (1 + (double)row * 1e-4);
    default: return value;
  }
}

/// Returns the largest error of the estimate, and its mean over arguments that are uniform on a logarithmic scale.
static double print_error(void) {
  double largest = 0, sum = 0, weight = 0;
  for (int i = 0; i < 1 << 20; i++) {
    const float x = exp2f((float)i / (1 << 19));
    const double error = (double)estimated_root(x) * sqrt((double)x) - 1;
    sum += error;
    weight += 1;
    if (fabs(error) > largest) largest = fabs(error);
  }
  printf("{\"largest_error\": %.2e, \"mean_error\": %.2e}\n", largest, sum / weight);
  return largest;
}

int main(void) {
  const float largest = (float)print_error(), rho = 0.99f, epsilon = 1e-8f;
  for (gradients kind = NORMAL; kind < GRADIENTS; kind++)
    for (root which = EXACT; which < ROOTS; which++) {
      double logs = 0, path = 0;
      for (int weight = 0; weight < WEIGHTS; weight++) {
        state = 88172645463325252u + (uint64_t)weight * 7919;
        for (int i = 0; i < 20; i++) uniform();
        float memory = 0, squares = 0;
        for (long row = 0; row < ROWS; row++) {
          const double g = gradient(kind, row);
          squares = rho * squares + (float)((1 - rho) * g * g);
          const float numerator = memory + epsilon, product = numerator * (squares + epsilon);
          float reciprocal = which == ESTIMATE ? estimated_root(product) : 1 / sqrtf(product);
          if (which == TOO_LARGE) reciprocal *= 1 + largest;
          if (which == TOO_SMALL) reciprocal *= 1 - largest;
          const float step = numerator * (float)(g * sqrt(1 - rho)) * reciprocal;
          memory = rho * memory + step * step;
          path += fabsf(step);
        }
        logs += log((double)memory + 1e-12);
      }
      printf("{\"gradients\": \"%s\", \"root\": \"%s\", \"mean_log_memory\": %.4f, \"mean_path\": %.5g}\n",
             gradient_names[kind], root_names[which], logs / WEIGHTS, path / WEIGHTS);
    }
  return 0;
}

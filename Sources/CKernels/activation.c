// The activation functions of the hidden units and their derivatives.

#include "CKernels.h"
#include "clones.h"
#include "doors.h"

#include <math.h>
#include <string.h>

/// Returns exp(x) to about two units in the last place, in a form that vectorises. The
/// power of two goes into the exponent bits; a Taylor polynomial, whose seventh term is
/// below 1e-7, takes the rest, which is at most ln(2) / 2.
static inline float ck_exp(float x) {
#pragma clang fp reassociate(off)
  const float bounded = x < -87.0f ? -87.0f : x > 88.0f ? 88.0f : x;
  const float power = rintf(bounded * 1.44269504f);
  const float rest = (bounded - power * 0.693359375f) - power * -2.12194440e-4f;
  float series = 1.0f / 5040;
  series = series * rest + 1.0f / 720;
  series = series * rest + 1.0f / 120;
  series = series * rest + 1.0f / 24;
  series = series * rest + 1.0f / 6;
  series = series * rest + 0.5f;
  series = series * rest + 1.0f;
  series = series * rest + 1.0f;
  const int32_t bits = ((int32_t)power + 127) << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return series * scale;
}

/// SELU's constants (Klambauer et al. 2017), for which the mean 0 and the variance 1 of activations are a fixed point.
#define CK_SELU_SCALE 1.0507009873554805f
#define CK_SELU_ALPHA 1.6732632423543772f

/// Above this net input, Mish is the identity in single precision.
#define CK_MISH_LIMIT 20.0f

/// Returns Mish (Misra 2019), x tanh(ln(1 + e^x)). With n = e^x (e^x + 2), the tangent is n / (n + 2).
static inline float ck_mish(float net) {
  const float power = ck_exp(net < CK_MISH_LIMIT ? net : CK_MISH_LIMIT), n = power * (power + 2);
  return net * (n / (n + 2));
}

/// Returns the derivative of Mish: tanh(s) + x sigmoid(x) (1 - tanh(s)^2), where s = ln(1 + e^x).
static inline float ck_mish_derivative(float net) {
  const float power = ck_exp(net < CK_MISH_LIMIT ? net : CK_MISH_LIMIT), n = power * (power + 2);
  const float inverse = 1 / (n + 2);
  return n * inverse + net * (4 * power * (power + 1)) * inverse * inverse;
}

CK_CLONES void ck_activate(float *outputs, uint8_t *winners, const float *nets, long units, ck_activation activation) {
  CK_EXPECT(units >= 0 && activation <= CK_MISH);
  CK_EXPECT(ck_is_place(outputs, units) && ck_is_place(nets, units));
  CK_EXPECT(ck_is_apart(outputs, units, nets, activation == CK_MAXOUT ? 2 * units : units));
  switch (activation) {
    case CK_RECTIFIER:
      for (long unit = 0; unit < units; unit++) outputs[unit] = nets[unit] > 0 ? nets[unit] : 0;
      return;
    case CK_TANH:
      for (long unit = 0; unit < units; unit++) outputs[unit] = 1 - 2 / (1 + ck_exp(2 * nets[unit]));
      return;
    case CK_EXP_RECTIFIER:
      for (long unit = 0; unit < units; unit++) outputs[unit] = nets[unit] >= 0 ? nets[unit] : ck_exp(nets[unit]) - 1;
      return;
    case CK_SELU:
      for (long unit = 0; unit < units; unit++)
        outputs[unit] = CK_SELU_SCALE * (nets[unit] >= 0 ? nets[unit] : CK_SELU_ALPHA * (ck_exp(nets[unit]) - 1));
      return;
    case CK_MISH:
      for (long unit = 0; unit < units; unit++) outputs[unit] = ck_mish(nets[unit]);
      return;
    case CK_MAXOUT:
      for (long unit = 0; unit < units; unit++) {
        const float first = nets[2 * unit], second = nets[2 * unit + 1];
        outputs[unit] = second > first ? second : first;
        if (winners) winners[unit] = second > first;
      }
      return;
  }
}

/// Returns the derivative of a unit's output with respect to its net input, as a function of the output; not for Mish.
static inline float ck_derivative(float output, ck_activation activation) {
  switch (activation) {
    case CK_RECTIFIER: return output > 0 ? 1 : 0;
    case CK_TANH: return 1 - output * output;
    case CK_EXP_RECTIFIER: return output < 0 ? output + 1 : 1;
    case CK_SELU: return output < 0 ? output + CK_SELU_SCALE * CK_SELU_ALPHA : CK_SELU_SCALE;
    case CK_MAXOUT:
    case CK_MISH: return 1;
  }
  return 1;
}

CK_CLONES void ck_local_errors(float *errors, const float *above, const float *outputs, const float *nets,
                               const uint8_t *winners, const uint8_t *keeps, long units, ck_activation activation) {
  CK_EXPECT(units >= 0 && activation <= CK_MISH);
  CK_EXPECT(ck_is_place(errors, units) && ck_is_place(above, units) && ck_is_place(outputs, units));
  CK_EXPECT(activation == CK_MAXOUT ? winners && ck_is_apart(errors, 2 * units, above, units)
                                    : errors == above || ck_is_apart(errors, units, above, units));
  CK_EXPECT(activation != CK_MISH || (ck_is_place(nets, units) && nets != above));
  if (activation == CK_MAXOUT) {
    for (long unit = 0; unit < units; unit++) {
      const float error = !keeps || keeps[unit] ? above[unit] : 0;
      errors[2 * unit] = winners[unit] ? 0 : error;
      errors[2 * unit + 1] = winners[unit] ? error : 0;
    }
    return;
  }
  if (activation == CK_MISH)
    for (long unit = 0; unit < units; unit++) errors[unit] = above[unit] * ck_mish_derivative(nets[unit]);
  else
    for (long unit = 0; unit < units; unit++) errors[unit] = above[unit] * ck_derivative(outputs[unit], activation);
  if (!keeps) return;
  for (long unit = 0; unit < units; unit++) errors[unit] = keeps[unit] ? errors[unit] : 0;
}

/// The script of the threshold slider, the only one of a page.
///
/// It reads the page and changes it; it loads nothing and stores nothing. The page's policy allows
/// this text alone, by its checksum.
enum ReportScript {
  /// The expression that allows ``text`` in a Content-Security-Policy: its SHA-256 in base64.
  static let source = "'sha256-C0z0/AUSzuKtIBMU4qX0DAnzdeQNiBgvvfzTeD84q5s='"

  static let text = """
    "use strict";
    for (const box of document.querySelectorAll("[data-threshold]")) {
      const numbers = text => text.split(" ").map(Number);
      const parts = [...box.querySelectorAll("[data-thresholds]")].map(element => ({
        element, thresholds: numbers(element.dataset.thresholds), hits: numbers(element.dataset.hits),
        misses: numbers(element.dataset.misses), positives: Number(element.dataset.positives),
        negatives: Number(element.dataset.negatives)
      }));
      const steps = parts[parts.length - 1].thresholds.slice().reverse();
      const [slider, number] = box.querySelectorAll("input");
      const short = value => Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "\\u2013";
      const show = threshold => {
        for (const part of parts) {
          let reached = part.thresholds.length;
          while (reached > 0 && part.thresholds[reached - 1] < threshold) reached--;
          const tp = reached > 0 ? part.hits[reached - 1] : 0, fp = reached > 0 ? part.misses[reached - 1] : 0;
          const fn = part.positives - tp, tn = part.negatives - fp;
          const values = {
            tp, fp, fn, tn, error: (fp + fn) / (part.positives + part.negatives), precision: tp / (tp + fp),
            recall: tp / part.positives, specificity: tn / part.negatives, f1: 2 * tp / (2 * tp + fp + fn)
          };
          for (const cell of part.element.querySelectorAll("[data-value]")) {
            cell.textContent = short(values[cell.dataset.value]);
          }
        }
        slider.setAttribute("aria-valuetext", "threshold " + short(threshold));
      };
      const nearest = threshold => {
        let best = 0;
        steps.forEach((step, index) => {
          if (Math.abs(step - threshold) < Math.abs(steps[best] - threshold)) best = index;
        });
        return best;
      };
      const given = Number(box.dataset.threshold);
      slider.max = String(steps.length - 1);
      slider.value = String(nearest(given));
      number.value = short(given);
      slider.addEventListener("input", () => {
        const threshold = steps[Number(slider.value)];
        number.value = short(threshold);
        show(threshold);
      });
      number.addEventListener("input", () => {
        const threshold = Number(number.value);
        if (number.value === "" || !Number.isFinite(threshold)) return;
        slider.value = String(nearest(threshold));
        show(threshold);
      });
      box.querySelector("button").addEventListener("click", () => {
        number.value = short(given);
        slider.value = String(nearest(given));
        show(given);
      });
      show(given);
      box.hidden = false;
    }
    """
}

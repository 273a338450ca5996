package io.alcedo.operators.stream.track;

import io.alcedo.connectors.geometry.Box;

/**
 * Where an object is, how it moves, and how sure that is: a Kalman filter in event time, so that
 * cameras of any rate, and gaps, are the same to it. The centre moves at a velocity that changes by
 * white noise; the size wanders. The noises are independent, so each axis has a filter of its own
 * (Kalman 1960; the deviations are shares of the object's height, as in Wojke et al. 2017).
 *
 * @param x of the centre, px
 * @param y of the centre, px
 * @param width px
 * @param height px
 */
public record BoxMotion(Axis x, Axis y, Size width, Size height) {
  /** Deviation of what a detector measures. */
  private static final double MEASURED = 0.05;

  /** Deviation of the velocity of an object seen once, heights per second. */
  private static final double FIRST_VELOCITY = 0.8;

  /** By how much a velocity changes within a second, heights per second. */
  private static final double UNSTEADY = 0.5;

  /** By how much a size changes within a second, heights. */
  private static final double GROWING = 0.1;

  /**
   * A coordinate and its change.
   *
   * @param position px
   * @param velocity px/s
   * @param pp variance of the position
   * @param pv covariance
   * @param vv variance of the velocity
   */
  public record Axis(double position, double velocity, double pp, double pv, double vv) {

    Axis after(double seconds, double noise) {
      double t = seconds;
      return new Axis(
          position + velocity * t,
          velocity,
          pp + 2 * t * pv + t * t * vv + noise * t * t * t / 3,
          pv + t * vv + noise * t * t / 2,
          vv + noise * t);
    }

    Axis scaled(double by) {
      double square = by * by;
      return new Axis(position * by, velocity * by, pp * square, pv * square, vv * square);
    }

    Axis seeing(double measured, double variance) {
      double gain = pp / (pp + variance);
      double velocityGain = pv / (pp + variance);
      double error = measured - position;
      return new Axis(
          position + gain * error,
          velocity + velocityGain * error,
          (1 - gain) * pp,
          (1 - gain) * pv,
          vv - velocityGain * pv);
    }
  }

  /**
   * A length.
   *
   * @param value px
   * @param variance px²
   */
  public record Size(double value, double variance) {

    Size after(double seconds, double noise) {
      return new Size(value, variance + noise * seconds);
    }

    Size scaled(double by) {
      return new Size(value * by, variance * by * by);
    }

    Size seeing(double measured, double ofMeasured) {
      double gain = variance / (variance + ofMeasured);
      return new Size(value + gain * (measured - value), (1 - gain) * variance);
    }
  }

  /** An object that was seen once. */
  public static BoxMotion of(Box box) {
    double measured = square(MEASURED * box.height());
    double velocity = square(FIRST_VELOCITY * box.height());
    return new BoxMotion(
        new Axis(box.centerX(), 0, measured, 0, velocity),
        new Axis(box.centerY(), 0, measured, 0, velocity),
        new Size(box.width(), measured),
        new Size(box.height(), measured));
  }

  /**
   * What is expected some time later.
   *
   * @param seconds 0 or more
   */
  public BoxMotion after(double seconds) {
    double unsteady = square(UNSTEADY * height.value());
    double growing = square(GROWING * height.value());
    return new BoxMotion(
        x.after(seconds, unsteady),
        y.after(seconds, unsteady),
        width.after(seconds, growing),
        height.after(seconds, growing));
  }

  /** The same in a picture of another size. */
  public BoxMotion scaled(double byX, double byY) {
    return new BoxMotion(x.scaled(byX), y.scaled(byY), width.scaled(byX), height.scaled(byY));
  }

  /** What is believed after a detection at the same time. */
  public BoxMotion seeing(Box box) {
    double variance = square(MEASURED * height.value());
    return new BoxMotion(
        x.seeing(box.centerX(), variance),
        y.seeing(box.centerY(), variance),
        width.seeing(box.width(), variance),
        height.seeing(box.height(), variance));
  }

  /** The box that is believed. */
  public Box box() {
    double w = Math.max(1, width.value());
    double h = Math.max(1, height.value());
    return new Box(x.position() - w / 2, y.position() - h / 2, w, h);
  }

  private static double square(double value) {
    return value * value;
  }
}

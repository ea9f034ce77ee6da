namespace Deterministic.Faults.Numerics;

/// <summary>
/// Logarithm, exponential and the normal quantile from the four basic operations and the square root, whose results IEEE 754 defines to the last bit.
/// Those of <see cref="Math"/> are the C library's and may differ between machines, but a simulation must give the same results everywhere.
/// Accurate to about 1e-12, which is far below a microsecond here.
/// </summary>
internal static class DeterministicMath
{
    private const double Ln2 = 0.693147180559945309417232;

    // Acklam's, of the normal quantile.
    private static ReadOnlySpan<double> CentreNumerator =>
        [
            -3.969683028665376e+01,
            2.209460984245205e+02,
            -2.759285104469687e+02,
            1.383577518672690e+02,
            -3.066479806614716e+01,
            2.506628277459239e+00,
        ];

    private static ReadOnlySpan<double> CentreDenominator =>
        [
            -5.447609879822406e+01,
            1.615858368580409e+02,
            -1.556989798598866e+02,
            6.680131188771972e+01,
            -1.328068155288572e+01,
            1,
        ];

    private static ReadOnlySpan<double> TailNumerator =>
        [
            -7.784894002430293e-03,
            -3.223964580411365e-01,
            -2.400758277161838e+00,
            -2.549732539343734e+00,
            4.374664141464968e+00,
            2.938163982698783e+00,
        ];

    private static ReadOnlySpan<double> TailDenominator =>
        [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1];

    /// <summary>The natural logarithm of a positive number.</summary>
    public static double Log(double x)
    {
        int exponent = 0;
        for (; x > 1.5; x /= 2)
        {
            exponent++;
        }

        for (; x < 0.75; x *= 2)
        {
            exponent--;
        }

        // ln x = 2 artanh((x - 1) / (x + 1)), and |y| is at most 0.2 here: 15 terms.
        double y = (x - 1) / (x + 1);
        double power = y;
        double sum = 0;
        for (int n = 1; n < 30; n += 2)
        {
            sum += power / n;
            power *= y * y;
        }

        return (2 * sum) + (exponent * Ln2);
    }

    /// <summary>e to the power of a number, for results in the range of latencies.</summary>
    public static double Exp(double x)
    {
        int halvings = 0;
        for (; x is > 0.5 or < -0.5; x /= 2)
        {
            halvings++;
        }

        double term = 1;
        double sum = 1;
        for (int n = 1; n < 18; n++)
        {
            term *= x / n;
            sum += term;
        }

        for (; halvings > 0; halvings--)
        {
            sum *= sum;
        }

        return sum;
    }

    /// <summary>Where the standard normal distribution reaches a probability: Acklam's rational approximation, relative error below 1.2e-9.</summary>
    /// <param name="u">Above 0 and below 1.</param>
    public static double NormalQuantile(double u)
    {
        const double Low = 0.02425;
        if (u < Low)
        {
            return Tail(Math.Sqrt(-2 * Log(u)));
        }

        if (u > 1 - Low)
        {
            return -Tail(Math.Sqrt(-2 * Log(1 - u)));
        }

        double q = u - 0.5;
        return q * Polynomial(q * q, CentreNumerator) / Polynomial(q * q, CentreDenominator);
    }

    private static double Tail(double q) => Polynomial(q, TailNumerator) / Polynomial(q, TailDenominator);

    /// <summary>By Horner's rule.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="coefficients">The coefficients, highest power first.</param>
    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        foreach (double coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}

namespace GptImage2.Generation.Spending;

/// <summary>Amounts in whole millionths of a USD, in which sums are exact.</summary>
internal static class MicroUsd
{
    /// <summary>Rounded up: a cap is never passed by a fraction.</summary>
    public static long FromUsd(decimal usd) => (long)decimal.Ceiling(usd * 1_000_000);

    public static decimal ToUsd(long micro) => micro / 1_000_000m;
}

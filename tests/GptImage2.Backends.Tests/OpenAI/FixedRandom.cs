namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>Dice that always fall the same.</summary>
internal sealed class FixedRandom(double chance) : Random(0)
{
    public override double NextDouble() => chance;
}

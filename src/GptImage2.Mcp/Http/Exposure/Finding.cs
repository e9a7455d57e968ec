namespace GptImage2.Mcp.Http.Exposure;

/// <summary>One thing that an operator should know of what the server exposes.</summary>
/// <param name="Remedy">What to do; null where it is safe as it is.</param>
internal sealed record Finding(string Subject, string Text, string? Remedy = null)
{
    public override string ToString() => Remedy is null ? $"ok     {Subject,-9} {Text}" : $"UNSAFE {Subject,-9} {Text}\n       {"",-9} {Remedy}";
}

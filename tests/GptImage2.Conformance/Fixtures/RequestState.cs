namespace GptImage2.Conformance.Fixtures;

/// <summary>What a client carries from one round to the next, signed so that it cannot be edited.</summary>
internal static class RequestState
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static string Sign(string text) => $"{text}.{Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)))}";

    /// <exception cref="McpProtocolException">It was edited.</exception>
    public static string Verify(string? state)
    {
        var text = state?[..Math.Max(state.LastIndexOf('.'), 0)] ?? "";
        return state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(text)), Encoding.UTF8.GetBytes(state))
            ? text
            : throw new McpProtocolException("requestState failed verification.", McpErrorCode.InvalidParams);
    }
}

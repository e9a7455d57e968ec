namespace GptImage2.Generation.Errors;

/// <summary>One change of a call's arguments on the way to a call that can be made.</summary>
/// <param name="Argument">Where, as in <c>width</c> or <c>references[0].image</c>.</param>
/// <param name="Value">What to write there; null to leave the argument out.</param>
public sealed record Repair(string Argument, JsonNode? Value)
{
    /// <summary>Whether nothing is known of what was meant, so that what is left of the call may not be it.</summary>
    public bool IsGuess { get; init; }

    /// <summary>The tool to call instead, where the arguments show that another one was meant.</summary>
    public string? Tool { get; init; }
}

/// <summary>A call that can be made as it stands.</summary>
public sealed record SuggestedCall(string Tool, JsonObject Arguments);

using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>An order that the vendor would accept.</summary>
/// <param name="Window">soonest, 2h or 8h.</param>
/// <param name="MaxOutputTokens">The most that the language model may write.</param>
/// <param name="Action">generate, edit or auto.</param>
/// <param name="Image">What the tool is to draw, by the user's words.</param>
/// <param name="Tools">As sent; a response repeats them.</param>
public sealed record ResponseOrder(string TextModel, string Window, int? MaxOutputTokens, string Action, string? Instructions, ImageOrder Image, JsonArray Tools);

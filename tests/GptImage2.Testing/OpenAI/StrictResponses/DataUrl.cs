using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>Images that come in the text of a request. Nobody here sends addresses or ids of files, so they are refused.</summary>
internal static class DataUrl
{
    /// <summary>openapi.yaml 2.3.0 (2026-08).</summary>
    private const int MaxLength = 20_971_520;

    /// <param name="holder">The object with the member image_url.</param>
    /// <param name="name">What the form of the Images API would call it.</param>
    /// <param name="param">For errors.</param>
    public static ReceivedFormPart Parse(JsonElement holder, string name, string param)
    {
        var url = new RequestFields(holder).GetText("image_url") ?? throw ResponseOrderParser.Missing(param);
        if (url.Length > MaxLength)
        {
            throw new ApiErrorException(new(400, $"Invalid '{param}': string too long. Expected a string with maximum length {MaxLength}.", Param: param, Code: "string_above_max_length"));
        }

        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (!url.StartsWith("data:image/", StringComparison.Ordinal) || comma < 0 || !url[..comma].EndsWith(";base64", StringComparison.Ordinal))
        {
            throw new ApiErrorException(new(400, $"Invalid '{param}': expected a base64-encoded data URL.", Param: param, Code: "invalid_image_url"));
        }

        var type = url["data:".Length..(comma - ";base64".Length)];
        try
        {
            return new ReceivedFormPart(name, $"{name.TrimEnd('[', ']')}.{type["image/".Length..]}", type, Convert.FromBase64String(url[(comma + 1)..]));
        }
        catch (FormatException)
        {
            throw new ApiErrorException(new(400, "Invalid base64 image.", Param: param, Code: "invalid_base64_image"));
        }
    }
}

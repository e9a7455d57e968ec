using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.StrictResponses;

/// <summary>Reads the input: one message of the user, with one text and then images.</summary>
internal static class ResponseInputParser
{
    public static (string Prompt, IReadOnlyList<ReceivedImage> Images) Parse(JsonElement root)
    {
        var input = root.TryGetProperty("input", out var given) ? given : throw ResponseOrderParser.Missing("input");
        if (input.ValueKind is not JsonValueKind.Array || input.GetArrayLength() is not 1)
        {
            throw ResponseOrderParser.Invalid("input", "Invalid 'input': expected an array of one message.");
        }

        var message = new RequestFields(input[0]);
        message.RejectOthers(["role", "content"]);
        _ = message.GetChoice("role", ["user"]) ?? throw ResponseOrderParser.Missing("input[0].role");
        if (!input[0].TryGetProperty("content", out var content) || content.ValueKind is not JsonValueKind.Array || content.GetArrayLength() is 0)
        {
            throw ResponseOrderParser.Missing("input[0].content");
        }

        var prompt = ReadText(content[0]);
        return (prompt, [.. content.EnumerateArray().Skip(1).Select(ReadImage)]);
    }

    private static string ReadText(JsonElement content)
    {
        var fields = new RequestFields(content);
        fields.RejectOthers(["type", "text"]);
        _ = fields.GetChoice("type", ["input_text"]) ?? throw ResponseOrderParser.Missing("input[0].content[0].type");
        return fields.GetText("text") ?? throw ResponseOrderParser.Missing("input[0].content[0].text");
    }

    private static ReceivedImage ReadImage(JsonElement content, int index)
    {
        var fields = new RequestFields(content);
        fields.RejectOthers(["type", "detail", "image_url", "file_id"]);
        _ = fields.GetChoice("type", ["input_image"]) ?? throw ResponseOrderParser.Missing("input[0].content[].type");
        fields.GetChoice("detail", ["low", "high", "auto", "original"]);
        var param = string.Create(CultureInfo.InvariantCulture, $"input[0].content[{index + 1}].image_url");
        try
        {
            return UploadedImageValidator.Image(DataUrl.Parse(content, "image[]", param), index + 1);
        }
        catch (ApiErrorException refused)
        {
            throw new ApiErrorException(refused.Error with { Param = param });
        }
    }
}

using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.Responses;

/// <summary>Words an answer with images: one JSON object, or a stream of events.</summary>
internal sealed class ImageResponseWriter(ImageOrder order, ScriptedResponse reply, Func<ImageOrder, int, byte[]> image)
{
    private const long Created = 1_790_000_000;

    private string Event => order.Images is [] ? "image_generation" : "image_edit";

    private int Count => reply.Count ?? order.Count;

    private int Previews => reply.Previews ?? order.PartialImages;

    public async Task WriteJsonAsync(ThrottledResponseBody body)
    {
        await body.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"created": {{Created}}, "background": "{{Background}}", "data": ["""));
        for (var index = 0; index < Count; index++)
        {
            await body.WriteAsync(index > 0 ? """, {"b64_json": """ + '"' : """{"b64_json": """ + '"');
            await body.WriteImageAsync(image(order, index));
            await body.WriteAsync("\"}");
        }

        var usage = TokenPricing.Usage(order, Count, previews: 0).ToJsonString();
        await body.WriteAsync($$"""], "output_format": "{{order.Format}}", "quality": "{{Quality}}", "size": "{{order.Size}}", "usage": {{usage}}}""");
    }

    public async Task WriteEventsAsync(ThrottledResponseBody body)
    {
        for (var preview = 0; preview < Previews; preview++)
        {
            await WriteEventAsync(body, $"{Event}.partial_image", order.Count + preview, new() { ["partial_image_index"] = preview });
        }

        for (var index = 0; index < Count && !reply.WithoutCompleted; index++)
        {
            await WriteEventAsync(body, $"{Event}.completed", index, new() { ["usage"] = TokenPricing.Usage(order, images: 1, Previews) });
        }
    }

    private async Task WriteEventAsync(ThrottledResponseBody body, string type, int index, JsonObject more)
    {
        var name = reply.WithoutEventNames ? "" : $"event: {type}\n";
        await body.WriteAsync($$"""{{name}}data: {"type":"{{type}}","b64_json":""" + '"');
        await body.WriteImageAsync(image(order, index));

        more["created_at"] = Created;
        more["size"] = order.Size.ToString();
        more["quality"] = Quality;
        more["background"] = Background;
        more["output_format"] = order.Format;
        await body.WriteAsync($"\",{more.ToJsonString()[1..]}\n\n");
    }

    private string Background => order.Background is "auto" ? "opaque" : order.Background;

    private string Quality => order.Quality is "auto" ? "medium" : order.Quality;
}

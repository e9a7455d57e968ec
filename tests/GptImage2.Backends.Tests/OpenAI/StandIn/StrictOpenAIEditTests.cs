using System.Net;
using System.Net.Http.Headers;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Backends.Tests.OpenAI.StandIn;

/// <summary>Every rule for edits, kept and broken, before anything relies on the stand-in.</summary>
public sealed class StrictOpenAIEditTests(StrictOpenAIFixture strict) : IClassFixture<StrictOpenAIFixture>
{
    private static readonly HttpClient Http = new();

    private static readonly Dictionary<string, Func<EditFormBuilder>> LegalForms = new()
    {
        ["the least"] = () => EditFormBuilder.Legal,
        ["one image under the name for one"] = () => EditFormBuilder.Legal.Without("image[]").Image("image", PngEncoder.Gradient(EditFormBuilder.Small, 1)),
        ["a mask"] = () => EditFormBuilder.Legal.Mask(EditFormBuilder.Clear),
        ["sixteen images"] = () => Enumerable.Range(2, 15).Aggregate(EditFormBuilder.Legal, (form, n) => form.Image("image[]", PngEncoder.Gradient(EditFormBuilder.Small, n))),
        ["a JPEG"] = () => EditFormBuilder.Legal.Image("image[]", Encoded(ImageFormat.Jpeg), "b.jpg", "image/jpeg"),
        ["a JPEG with its long extension"] = () => EditFormBuilder.Legal.Image("image[]", Encoded(ImageFormat.Jpeg), "b.jpeg", "image/jpeg"),
        ["a WebP"] = () => EditFormBuilder.Legal.Image("image[]", Encoded(ImageFormat.Webp), "b.webp", "image/webp"),
        ["a lossless WebP"] = () => EditFormBuilder.Legal.Image("image[]", Encoded(ImageFormat.Webp, lossless: true), "b.webp", "image/webp"),
        ["every word"] = () => EditFormBuilder.Legal.Text("n", "2").Text("size", "816x816").Text("quality", "low").Text("background", "opaque").Text("output_format", "webp").Text("output_compression", "50").Text("stream", "false").Text("user", "u"),
    };

    private static readonly Dictionary<string, (Func<EditFormBuilder> Form, string? Code, string Says)> IllegalForms = new()
    {
        ["no model"] = (() => EditFormBuilder.Legal.Without("model"), "missing_required_parameter", "model"),
        ["no prompt"] = (() => EditFormBuilder.Legal.Without("prompt"), "missing_required_parameter", "prompt"),
        ["an empty prompt"] = (() => EditFormBuilder.Legal.Without("prompt").Text("prompt", ""), "invalid_value", "empty"),
        ["a prompt that is too long"] = (() => EditFormBuilder.Legal.Without("prompt").Text("prompt", new string('x', 32_001)), "invalid_value", "too long"),
        ["a prompt that is no UTF-8"] = (() => EditFormBuilder.Legal.Without("prompt").Part("prompt", "Content-Disposition: form-data; name=\"prompt\"", [0xC3, 0x28]), "invalid_value", "UTF-8"),
        ["a prompt as a file"] = (() => EditFormBuilder.Legal.Without("prompt").Image("prompt", "a fox"u8.ToArray(), "prompt.txt", "text/plain"), "invalid_type", "prompt"),
        ["a size off the grid"] = (() => EditFormBuilder.Legal.Text("size", "800x810"), "invalid_value", "divisible by 16"),
        ["a number in words"] = (() => EditFormBuilder.Legal.Text("n", "two"), "invalid_type", "'n'"),
        ["too many pictures"] = (() => EditFormBuilder.Legal.Text("n", "11"), "invalid_value", "'n'"),
        ["a truth value in numbers"] = (() => EditFormBuilder.Legal.Text("stream", "1"), "invalid_type", "stream"),
        ["previews without a stream"] = (() => EditFormBuilder.Legal.Text("partial_images", "1"), "invalid_value", "stream"),
        ["compression of a PNG"] = (() => EditFormBuilder.Legal.Text("output_compression", "50"), "invalid_value", "Compression"),
        ["the same word twice"] = (() => EditFormBuilder.Legal.Text("prompt", "a fox"), "duplicate_parameter", "prompt"),
        ["input_fidelity"] = (() => EditFormBuilder.Legal.Text("input_fidelity", "high"), "invalid_input_fidelity_model", "input_fidelity"),
        ["moderation"] = (() => EditFormBuilder.Legal.Text("moderation", "low"), "unknown_parameter", "moderation"),
        ["response_format"] = (() => EditFormBuilder.Legal.Text("response_format", "b64_json"), "unknown_parameter", "response_format"),
        ["markup"] = (() => EditFormBuilder.Legal.Text("markup", "x"), "unknown_parameter", "markup"),
        ["no image"] = (() => EditFormBuilder.Legal.Without("image[]"), "missing_required_parameter", "image"),
        ["seventeen images"] = (() => Enumerable.Range(2, 16).Aggregate(EditFormBuilder.Legal, (form, n) => form.Image("image[]", PngEncoder.Gradient(EditFormBuilder.Small, n))), "invalid_value", "16"),
        ["two images under the name for one"] = (() => EditFormBuilder.Legal.Without("image[]").Image("image", EditFormBuilder.Clear).Image("image", EditFormBuilder.Clear), "duplicate_parameter", "image[]"),
        ["images under both names"] = (() => EditFormBuilder.Legal.Image("image", EditFormBuilder.Clear), "duplicate_parameter", "image"),
        ["an image without a file name"] = (() => EditFormBuilder.Legal.Part("image[]", "Content-Disposition: form-data; name=\"image[]\"\r\nContent-Type: image/png", EditFormBuilder.Clear), "invalid_type", "string"),
        ["an image without a type"] = (() => EditFormBuilder.Legal.Part("image[]", "Content-Disposition: form-data; name=\"image[]\"; filename=\"a.png\"", EditFormBuilder.Clear), "unsupported_file_mimetype", "image[1]"),
        ["an image of no type in particular"] = (() => EditFormBuilder.Legal.Image("image[]", EditFormBuilder.Clear, "a.png", "application/octet-stream"), "unsupported_file_mimetype", "application/octet-stream"),
        ["a GIF"] = (() => EditFormBuilder.Legal.Image("image[]", "GIF89a"u8.ToArray(), "a.gif", "image/gif"), "unsupported_file_mimetype", "image/gif"),
        ["a name that says another type"] = (() => EditFormBuilder.Legal.Image("image[]", EditFormBuilder.Clear, "a.jpg"), "invalid_value", "a.jpg"),
        ["a type that the bytes are not"] = (() => EditFormBuilder.Legal.Image("image[]", EditFormBuilder.Clear, "a.jpg", "image/jpeg"), "invalid_image_file", "image 2"),
        ["a PNG cut short"] = (() => EditFormBuilder.Legal.Image("image[]", EditFormBuilder.Clear[..^20]), "invalid_image_file", "image 2"),
        ["a JPEG cut short"] = (() => EditFormBuilder.Legal.Image("image[]", Encoded(ImageFormat.Jpeg)[..200], "a.jpg", "image/jpeg"), "invalid_image_file", "image 2"),
        ["a WebP cut short"] = (() => EditFormBuilder.Legal.Image("image[]", Encoded(ImageFormat.Webp)[..^2], "a.webp", "image/webp"), "invalid_image_file", "image 2"),
        ["a PNG with one bit turned"] = (() => EditFormBuilder.Legal.Image("image[]", Turned(EditFormBuilder.Clear)), "invalid_image_file", "image 2"),
        ["an image of 50 megabytes"] = (() => EditFormBuilder.Legal.Image("image[]", new byte[50_000_000]), "image_too_large", "50MB"),
        ["a mask without alpha"] = (() => EditFormBuilder.Legal.Mask(PngEncoder.Gradient(EditFormBuilder.Small, 1)), "invalid_image_file", "missing alpha channel"),
        ["a mask of another size"] = (() => EditFormBuilder.Legal.Mask(PngEncoder.Gradient(new(48, 64), 1, alpha: true)), "invalid_image_file", "size does not match"),
        ["a mask that clears nothing"] = (() => EditFormBuilder.Legal.Mask(Painted(EditFormBuilder.Small, alpha: 1).Encode(alpha: true)), "invalid_image_file", "no fully transparent pixel"),
        ["a mask that is no PNG"] = (() => EditFormBuilder.Legal.Mask(Encoded(ImageFormat.Webp), "mask.webp", "image/webp"), "unsupported_file_mimetype", "mask"),
        ["a mask that is damaged"] = (() => EditFormBuilder.Legal.Mask(Turned(EditFormBuilder.Clear)), "invalid_image_file", "not a valid PNG"),
        ["a mask of four megabytes"] = (() => EditFormBuilder.Legal.Mask(new byte[4_000_000]), "invalid_image_file", "4MB"),
        ["two masks"] = (() => EditFormBuilder.Legal.Mask(EditFormBuilder.Clear).Mask(EditFormBuilder.Clear), "duplicate_parameter", "mask"),
        ["a name without quotes"] = (() => EditFormBuilder.Legal.Part("n", "Content-Disposition: form-data; name=n", "2"u8.ToArray()), null, "no name"),
        ["an unknown header"] = (() => EditFormBuilder.Legal.Part("n", "Content-Disposition: form-data; name=\"n\"\r\nX-What: that", "2"u8.ToArray()), null, "X-What"),
    };

    public static TheoryData<string> Legal => [.. LegalForms.Keys];

    public static TheoryData<string> Illegal => [.. IllegalForms.Keys];

    [Theory, MemberData(nameof(Legal))]
    public async Task A_legal_edit_is_drawn(string which)
    {
        var (status, answer) = await PostAsync(strict.Server, LegalForms[which]().ToContent());

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("data").GetArrayLength().ShouldBe(strict.Server.Orders[^1].Count);
        answer.GetProperty("usage").GetProperty("input_tokens_details").GetProperty("image_tokens").GetInt64().ShouldBePositive();
    }

    [Theory, MemberData(nameof(Illegal))]
    public async Task An_illegal_edit_is_refused(string which)
    {
        var (orders, (form, code, says)) = (strict.Server.Orders.Count, IllegalForms[which]);

        var (status, answer) = await PostAsync(strict.Server, form().ToContent());

        var error = answer.GetProperty("error");
        (status, error.GetProperty("code").GetString()).ShouldBe((400, code), answer.ToString());
        error.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(says);
        strict.Server.Orders.Count.ShouldBe(orders);
    }

    [Theory]
    [InlineData("--edge\r\n", "", "")]
    [InlineData("", "edge--\r\n", "edge--\r\nmore")]
    [InlineData("", "edge--\r\n", "edge--")]
    [InlineData("", "\r\n", "\n")]
    public async Task A_form_out_of_shape_is_refused(string before, string old, string replacement)
    {
        await using var server = await StrictOpenAI.StartAsync();
        var text = before + Encoding.Latin1.GetString(EditFormBuilder.Legal.ToBytes());
        var bytes = Encoding.Latin1.GetBytes(old is "" ? text : text.Replace(old, replacement, StringComparison.Ordinal));

        var (status, answer) = await PostAsync(server, EditFormBuilder.Legal.ToContent(bytes));

        status.ShouldBe(400);
        answer.ToString().ShouldContain("Could not parse multipart form");
    }

    [Fact]
    public async Task An_edit_as_JSON_is_refused()
    {
        await using var server = await StrictOpenAI.StartAsync();

        var (status, answer) = await PostAsync(server, new StringContent("""{"model":"gpt-image-2"}""", Encoding.UTF8, "application/json"));

        status.ShouldBe(400);
        answer.GetProperty("error").GetProperty("message").GetString().ShouldEndWith("only accepts 'multipart/form-data' requests.");
    }

    [Fact]
    public async Task The_order_holds_what_was_sent()
    {
        await using var server = await StrictOpenAI.StartAsync();
        var (jpeg, first) = (Encoded(ImageFormat.Jpeg), PngEncoder.Gradient(EditFormBuilder.Small, 1));

        await PostAsync(server, EditFormBuilder.Legal.Image("image[]", jpeg, "b.jpg", "image/jpeg").Mask(EditFormBuilder.Clear).ToContent());

        var order = server.Orders.Single();
        order.Images.Select(image => image with { Bytes = default }).ShouldBe([
            new ReceivedImage("image[]", "image-1.png", "image/png", "png", EditFormBuilder.Small, default),
            new ReceivedImage("image[]", "b.jpg", "image/jpeg", "jpeg", EditFormBuilder.Small, default)]);
        order.Images.Select(image => image.Bytes.ToArray()).ShouldBe([first, jpeg]);
        order.Mask.ShouldNotBeNull().Bytes.ToArray().ShouldBe(EditFormBuilder.Clear);
    }

    [Fact]
    public async Task A_repainted_edit_leaves_no_pixel_alone()
    {
        await using var server = await StrictOpenAI.StartAsync();
        server.DrawImage = EditSimulator.Draw;
        var size = new Dimensions(1024, 640);

        var form = EditFormBuilder.Legal.Without("image[]").Text("size", "1024x640").Image("image[]", PngEncoder.Gradient(size, 3)).Mask(PngEncoder.Gradient(size, 1, alpha: true));
        var (_, answer) = await PostAsync(server, form.ToContent());

        var drawn = PngFile.Read(answer.GetProperty("data")[0].GetProperty("b64_json").GetBytesFromBase64()).Decode();
        var (outside, inside) = (drawn[512, 320].ToArray(), drawn[10, 320].ToArray());
        outside.ShouldBe([.. Original(512).Select(sample => EditSimulator.ShiftSample(sample, inside: false)), 255]);
        inside.ShouldBe([.. Original(10).Select(sample => EditSimulator.ShiftSample(sample, inside: true)), 255]);

        static byte[] Original(int x) => [3 * 67, 3 * 29 + 40, (byte)(x * 255 / 1024)];
    }

    [Theory]
    [InlineData(1024, 1024, 1024)]
    [InlineData(1536, 1024, 1536)]
    [InlineData(1024, 1536, 1536)]
    [InlineData(341, 512, 704)]
    [InlineData(1179, 2556, 1482)]
    public void Images_are_billed_as_was_measured(int width, int height, long expected) =>
        TokenPricing.ImageTokens(new Dimensions(width, height)).ShouldBe(expected);

    [Theory]
    [InlineData("models/gpt-image-2", 200)]
    [InlineData("models", 200)]
    [InlineData("models/gpt-image-9", 404)]
    [InlineData("images/variations", 404)]
    [InlineData("images/edits", 405)]
    public async Task Models_can_be_asked_for(string path, int status)
    {
        await using var server = await StrictOpenAI.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.BaseUrl}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe((HttpStatusCode)status);
    }

    private static byte[] Encoded(ImageFormat format, bool lossless = false)
    {
        using var picture = Image.FromPixels(EditFormBuilder.Small, Painted(EditFormBuilder.Small, alpha: 255).Rgba);
        return picture.Encode(new SaveOptions { Format = format, Lossless = lossless });
    }

    private static PngPixels Painted(Dimensions size, byte alpha) =>
        new(size, [.. Enumerable.Range(0, size.Width * size.Height * 4).Select(i => i % 4 == 3 ? alpha : (byte)(i / 7))]);

    /// <summary>Somewhere in the middle of the pixels.</summary>
    private static byte[] Turned(byte[] bytes)
    {
        var turned = bytes.ToArray();
        turned[bytes.Length / 2] ^= 4;
        return turned;
    }

    private static async Task<(int Status, JsonElement Answer)> PostAsync(StrictOpenAI server, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.BaseUrl + "/images/edits") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}

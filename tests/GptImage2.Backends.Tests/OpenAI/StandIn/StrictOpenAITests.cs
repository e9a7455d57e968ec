using System.Net;
using System.Net.Http.Headers;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Backends.Tests.OpenAI.StandIn;

/// <summary>The stand-in must be right before anything can be tested against it.</summary>
public sealed class StrictOpenAITests
{
    private static readonly HttpClient Http = new();

    [Theory]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox"}""")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"816x816","n":2,"quality":"low","background":"transparent"}""")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"2880x2880","output_format":"webp","output_compression":0}""")]
    [InlineData("""{"model":"gpt-image-2.5-flare","prompt":"a fox","size":"1440x480","quality":"max"}""")]
    public async Task A_legal_request_is_drawn(string body)
    {
        await using var server = await StrictOpenAI.StartAsync();

        using var response = await PostAsync(server, body);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Convert.FromBase64String(answer.GetProperty("data")[0].GetProperty("b64_json").GetString()!)[1..4].ShouldBe("PNG"u8.ToArray());
        answer.GetProperty("usage").GetProperty("output_tokens").GetInt64().ShouldBePositive();
    }

    [Theory]
    [InlineData("""{"prompt":"a fox"}""", 400, "missing_required_parameter")]
    [InlineData("""{"model":"gpt-image-2"}""", 400, "missing_required_parameter")]
    [InlineData("""{"model":"gpt-image-9","prompt":"a fox"}""", 404, "model_not_found")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","response_format":"b64_json"}""", 400, "unknown_parameter")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","seed":7}""", 400, "unknown_parameter")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","input_fidelity":"high"}""", 400, "invalid_input_fidelity_model")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","n":"2"}""", 400, "invalid_type")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","n":11}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","quality":"max"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"800x800"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"1080x1920"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"3840x3840"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"3856x2160"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","size":"1600x512"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","output_compression":80}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","output_format":"jpeg","background":"transparent"}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":"a fox","partial_images":1}""", 400, "invalid_value")]
    [InlineData("""{"model":"gpt-image-2","prompt":""}""", 400, "invalid_value")]
    public async Task An_illegal_request_is_refused(string body, int status, string code)
    {
        await using var server = await StrictOpenAI.StartAsync();

        using var response = await PostAsync(server, body);

        ((int)response.StatusCode).ShouldBe(status);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        server.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1024, 1024, "medium", 1756)]
    [InlineData(1536, 1024, "high", 5488)]
    [InlineData(3840, 2160, "low", 371)]
    [InlineData(2880, 2880, "high", 23719)]
    [InlineData(1440, 480, "medium", 517)]
    public void Tokens_are_counted_as_in_the_guide(int width, int height, string quality, long expected)
    {
        var order = new ImageOrder
        {
            Model = "gpt-image-2",
            Prompt = "a fox",
            Count = 1,
            Size = new(width, height),
            Quality = quality,
            Background = "auto",
            Format = "png",
            Stream = false,
            PartialImages = 0,
        };

        TokenPricing.OutputTokens(order, images: 1, previews: 0).ShouldBe(expected);
    }

    private static async Task<HttpResponseMessage> PostAsync(StrictOpenAI server, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.BaseUrl + "/images/generations")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

using GptImage2.Generation.Errors;
using GptImage2.Generation.Requests;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>What an agent is told when OpenAI does not like an image.</summary>
public sealed class EditErrorTests
{
    private const string Ends = "Not billed. Request id: req_00000001";

    /// <summary>Code, parameter and message as sent; argument and text as told to one who gave two references.</summary>
    public static TheoryData<string?, string?, string, string, string> Pictures => new()
    {
        { "invalid_image_file", null, "Invalid image file or mode for image 2, please check your image file.", "references[1].image", "OpenAI rejected references[1].image (Image 2): Invalid image file or mode for image 2, please check your image file. Give another image there, or this one saved again as PNG, and call again." },
        { "unsupported_file_mimetype", "image[0]", "Invalid file 'image[0]': unsupported mimetype.", "references[0].image", "OpenAI rejected references[0].image (Image 1): Invalid file" },
        { "invalid_image_file", "image", "Invalid image file.", "references", "OpenAI rejected references: Invalid image file. Give" },
        { "invalid_value", "image[]", "Too many.", "references", "OpenAI rejected references: Too many." },
        { "invalid_value", "images[1].image_url", "Bad.", "references[1].image", "(Image 2)" },
        { "invalid_value", "image[7]", "Bad.", "references", "rejected references: Bad." },
        { "invalid_image_file", null, "image 7", "references", "rejected references: image 7." },
        { null, null, "Invalid mask image format - mask image missing alpha channel", "region", "OpenAI rejected the mask made from region: Invalid mask image format - mask image missing alpha channel. Give another region and call again." },
        { "invalid_value", "background", "Transparent background is not supported for this model.", "background", "OpenAI rejected background: Transparent background is not supported for this model. Use background auto or opaque instead." },
        { "invalid_value", null, "Transparent background is not supported for this model.", "background", "background auto or opaque" },
    };

    [Theory, MemberData(nameof(Pictures))]
    public async Task An_image_that_is_refused_is_named(string? code, string? param, string message, string argument, string told)
    {
        var failure = await FailAsync(EditSamples.References(2), ScriptedResponse.Error(400, code, message, "image_generation_user_error", param));

        ShouldBe(failure, argument, told);
    }

    [Theory]
    [InlineData("mask", "Invalid mask image format - mask size does not match image size", null, "region", "made from region: Invalid mask")]
    [InlineData("mask", "Invalid mask image format - mask size does not match image size", "m.png", "mask", "made from mask: Invalid mask")]
    [InlineData("markup", "No markup.", "m.png", "mask", "made from mask: No markup.")]
    [InlineData("image", "Bad.", null, "image", "OpenAI rejected image (Image 1): Bad.")]
    public async Task An_inpainting_speaks_of_its_own_arguments(string param, string message, string? mask, string argument, string told)
    {
        var failure = await FailAsync(EditSamples.Inpaint(mask), ScriptedResponse.Error(400, "invalid_image_file", message, param: param));

        ShouldBe(failure, argument, told);
    }

    [Theory]
    [InlineData("input", null, "refused the prompt or an image given with it (violence). Change the prompt or the images;")]
    [InlineData("output", "prompt", "refused the image it had drawn (violence). Change the prompt to lead away")]
    public async Task Moderation_may_have_meant_an_image(string stage, string? argument, string told)
    {
        var body = $$"""{"error":{"code":"moderation_blocked","moderation_details":{"moderation_stage":"{{stage}}","categories":["violence"]} } }""";

        var failure = await FailAsync(EditSamples.References(2), new ScriptedResponse { Status = 400, Body = body });

        (failure.Code, failure.Billed, failure.Argument).ShouldBe((FailureCode.ContentRejected, Billing.No, argument));
        failure.Message.ShouldContain(told);
    }

    [Fact]
    public async Task Images_too_large_together_are_reported_as_such()
    {
        var failure = await FailAsync(EditSamples.References(2), new ScriptedResponse { Status = 413, Body = "<html>Too large</html>", BodyType = "text/html" });

        ShouldBe(failure, "references", "too large together. Give fewer of them");
    }

    [Fact]
    public async Task A_service_that_takes_no_images_is_the_users_affair()
    {
        var unknown = await FailAsync(EditSamples.References(2), ScriptedResponse.Error(400, "unknown_parameter", "Unknown parameter: 'image[]'.", param: "image[]"));
        var missing = await FailAsync(EditSamples.References(2), ScriptedResponse.Error(404, null, "Invalid URL (POST /v1/images/edits)"));

        ShouldBe(unknown, null, "the user must check OPENAI_BASE_URL");
        (missing.Code, missing.Billed).ShouldBe((FailureCode.ServiceFailed, Billing.No));
        missing.Message.ShouldStartWith("Images cannot be edited at http://127.0.0.1");
    }

    [Fact]
    public async Task What_the_stand_in_finds_wrong_with_a_mask_is_passed_on()
    {
        await using var host = await BackendHost.StartAsync();

        var failure = (await host.FailAsync(EditSamples.Inpaint(), inputs: EditSamples.PngInputs(1) with { Mask = EditSamples.FromBytes(PngEncoder.Gradient(EditSamples.Size, 1)) })).Failure;

        ShouldBe(failure, "region", "missing alpha channel. Give another region and call again.");
    }

    private static async Task<Failure> FailAsync(ImageRequest request, ScriptedResponse reply)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(reply);
        var failure = (await host.FailAsync(request, inputs: EditSamples.PngInputs(request.Images.Count))).Failure;
        host.Server.Requests.ShouldHaveSingleItem();
        return failure;
    }

    private static void ShouldBe(Failure failure, string? argument, string told)
    {
        (failure.Code, failure.Retry, failure.Billed, failure.Argument).ShouldBe((FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, argument));
        failure.Message.ShouldContain(told);
        failure.Message.ShouldEndWith(Ends);
    }
}

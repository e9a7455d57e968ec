using System.ComponentModel;

namespace GptImage2.Conformance.Fixtures;

/// <summary>One tool for each kind of content.</summary>
[McpServerToolType]
internal sealed class ContentTools
{
    [McpServerTool(Name = "test_simple_text"), Description("Text")]
    public static string Text() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Image")]
    public static ContentBlock Image() => ImageContentBlock.FromBytes(SampleFiles.Png, "image/png");

    [McpServerTool(Name = "test_audio_content"), Description("Audio")]
    public static ContentBlock Audio() => AudioContentBlock.FromBytes(SampleFiles.Wav, "audio/wav");

    [McpServerTool(Name = "test_embedded_resource"), Description("Embedded resource")]
    public static ContentBlock Embedded() => new EmbeddedResourceBlock
    {
        Resource = new TextResourceContents { Uri = "test://embedded-resource", MimeType = "text/plain", Text = "This is an embedded resource content." },
    };

    [McpServerTool(Name = "test_multiple_content_types"), Description("Text, image and resource")]
    public static IEnumerable<ContentBlock> Mixed() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        ImageContentBlock.FromBytes(SampleFiles.Png, "image/png"),
        new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents { Uri = "test://mixed-content-resource", MimeType = "application/json", Text = """{"test":"data","value":123}""" },
        },
    ];

    [McpServerTool(Name = "test_error_handling"), Description("Error")]
    public static string Fail() => throw new McpException("This tool intentionally returns an error for testing");
}

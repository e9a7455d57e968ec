namespace GptImage2.Mcp.Server;

/// <summary>What an agent should know before its first call. Under 1,400 characters, because it sits in every context.</summary>
internal static class ServerInstructions
{
    private const string OnThisMachine = "as a file at once; results carry a preview, an id (img_…) and the path. Tell the user the path.";

    private const string OverHttp =
        "at once; results carry a preview, an id (img_…) and download_url, a link that expires. Give the user the link. "
        + "Paths of your machine mean nothing here: name one all the same, and the answer has the command that uploads it.";

    /// <param name="overHttp">Whether images are reached by link, and files of this machine mean nothing to who asks.</param>
    public static string Create(bool overHttp) =>
        $"""
        An image studio over GPT Image 2. generate_image draws from words, edit_with_references from images and words, inpaint_region changes one part and nothing else, remove_background cuts out, compose_board puts images side by side, create_storyboard draws boards of panels. Every image is saved {(overHttp ? OverHttp : OnThisMachine)}
        - Edit from the original each time, not from the last result: faces and colours drift.
        - Cost: each image is billed by size and quality. list_presets has the prices and, by topic, guides and worked examples (topic templates lists them); dry_run: true prices one call. Draft with quality low, finish with high (small text, faces).
        - Time: 10 s to 2 min. If a call returns status running, check_job with its job id collects it; nothing is billed twice.
        - Wrong arguments are all named at once, and nothing was spent. "Call: …" at the end of a refusal is the corrected call: send it if it is what you mean.
        - Look before you say it is good; view_image shows details in full sharpness.
        - Words that must appear in the image go in quotes. There is no seed and no negative prompt: say in the prompt what must not appear.
        - "SKETCH" in a result means no API key was found: it is a placeholder, and free.
        """;
}

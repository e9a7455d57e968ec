namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>The servers that are known, from their sources and documentation as of 2026-11.</summary>
internal static class KnownServers
{
    /// <summary>stable-diffusion.cpp's server (source at 97d2990, and its api.md): no model, no usage, errors as a bare text.</summary>
    public static ServerTraits SdServer { get; } = new()
    {
        Id = "sd-server",
        Title = "stable-diffusion.cpp's sd-server",
        IsFree = true,
        HasWhiteMask = true,
        FlattensAlpha = true,
        ResponseFormat = null,
        TakesOutputFormat = true,
        MaxCount = 8,
        HasJobs = true,
        CleanPrompt = PromptCleaner.RemoveExtraArguments,
    };

    /// <summary>LocalAI (source at 82c191a): edits are drawings with ref_images; its inpainting gives 512x512, by an address.</summary>
    public static ServerTraits LocalAI { get; } = new()
    {
        Id = "localai",
        Title = "LocalAI",
        IsFree = true,
        NeedsModel = true,
        Body = BodyStyle.LocalAI,
        EditPath = "images/inpainting",
        ImageField = "image",
        HasWhiteMask = true,
        CleanPrompt = PromptCleaner.RemoveSplits,
    };

    /// <summary>The proxy of LiteLLM: whatever is behind it, in OpenAI's form.</summary>
    public static ServerTraits LiteLlm { get; } = new()
    {
        Id = "litellm",
        Title = "a LiteLLM proxy",
        NeedsModel = true,
        ResponseFormat = null,
        TakesOpenAIFields = true,
        TakesOutputFormat = true,
    };

    /// <summary>OpenRouter (its documentation, 2026): one address for everything, images as links, no masks, the price in USD. Several of its models draw one image a call.</summary>
    public static ServerTraits OpenRouter { get; } = new()
    {
        Id = "openrouter",
        Title = "OpenRouter",
        NeedsModel = true,
        Body = BodyStyle.OpenRouter,
        GenerationPath = "images",
        ModelsPath = "images/models",
        EditPath = null,
        MaskField = null,
        ResponseFormat = null,
        DrawsOneByOne = true,
        ReportsCost = true,
    };

    /// <summary>vLLM-Omni (its documentation, 2026).</summary>
    public static ServerTraits VllmOmni { get; } = new()
    {
        Id = "vllm-omni",
        Title = "vLLM-Omni",
        IsFree = true,
        ImageField = "image",
        MaskField = "mask_image",
        HasWhiteMask = true,
    };

    /// <summary>SGLang's diffusion server (its documentation, 2026): a mask is taken and not used, so none is sent.</summary>
    public static ServerTraits SgLang { get; } = new()
    {
        Id = "sglang",
        Title = "SGLang",
        IsFree = true,
        ImageField = "image",
        MaskField = null,
        TakesOutputFormat = true,
    };

    /// <summary>Together: width and height in place of a size, one image to go by, no masks.</summary>
    public static ServerTraits Together { get; } = new()
    {
        Id = "together",
        Title = "Together",
        NeedsModel = true,
        Body = BodyStyle.Together,
        EditPath = null,
        MaskField = null,
        ResponseFormat = "base64",
        TakesOutputFormat = true,
        MaxCount = 4,
        MaxReferences = 1,
    };

    /// <summary>Any other: what all of them understand, one image a request.</summary>
    public static ServerTraits Unknown { get; } = new() { Id = "unknown", Title = "an unknown server", DrawsOneByOne = true };

    public static IReadOnlyList<ServerTraits> All { get; } = [SdServer, LocalAI, LiteLlm, OpenRouter, VllmOmni, SgLang, Together, Unknown];

    public static ServerTraits Find(string id) => All.First(server => server.Id == id);
}

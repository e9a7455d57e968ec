// Asks the server what a mask would change and cost, and has it changed; the last question alone counts.
class RegionPlan {
  // tell(): something of what this says has changed. fail(error): to be shown.
  constructor(draft, image, tell, fail) {
    Object.assign(this, { draft, image, tell, fail, asked: 0, coverage: null, price: '', waiting: false });
  }

  async arguments() {
    const { draft, image } = this, feather = draft.feather.trim();
    if (draft.pngOf !== draft.revision) {
      draft.pngOf = draft.revision;
      draft.png = maskToPng(draft.mask);
    }
    return { image, mask: await draft.png, feather: feather === '' ? undefined : Number(feather), quality: draft.quality || undefined };
  }

  // Half a second after the last call; until then what was said before is no longer true.
  askSoon() {
    this.asked++;
    clearTimeout(this.timer);
    this.waiting = this.draft.mask.marked > 0;
    if (this.waiting) this.timer = setTimeout(() => this.ask(), 500);
    Object.assign(this, { coverage: null, price: '' });
    this.tell();
  }

  async ask() {
    const ticket = this.asked;
    try {
      const result = await server.tool('inpaint_region', { ...await this.arguments(), prompt: this.draft.prompt.trim() || 'preview', dry_run: true });
      if (result.isError) throw new Error(result.text);
      const picture = result.image && await decode(result.image);
      if (ticket !== this.asked) return;
      Object.assign(this, { picture, coverage: result.structured.region?.coverage, price: formatCost(result.structured.cost) });
      this.fail('');
    } catch (error) {
      if (ticket === this.asked) this.fail(error);
    }
    if (ticket !== this.asked) return;
    this.waiting = false;
    this.tell();
  }

  // The changed image's id, or null once nobody waits for it.
  async change(progress, isLeft) {
    let result = await server.tool('inpaint_region', { ...await this.arguments(), prompt: this.draft.prompt.trim() });
    if (isRunning(result.structured?.job?.status)) result = await followJob(result.structured.job.id, progress, isLeft);
    if (!result) return null;
    const image = result.structured?.images?.[0]?.id;
    if (result.isError || !image) throw new Error(result.text);
    return image;
  }

  // Keeps the mask at the server and says in the chat what is to be done with it; whether the chat took it as a message.
  async handOver() {
    const { image, mask, feather, quality } = await this.arguments(), kept = await server.action('keep_mask', { image, mask });
    const given = Object.entries({ image, mask: kept.mask, feather, quality }).filter(([, value]) => value !== undefined);
    const words = `Change the region that I marked in ${image} with inpaint_region (${given.map(([name, value]) => name + ': ' + value).join(', ')}): ${this.draft.prompt.trim() || 'ask me what it should show.'}`;
    const said = host.can('message', 'text');
    if (!await (said ? host.say(words) : host.tellModel(words))) throw new Error('The chat did not take it. You can send it yourself: ' + words);
    return said;
  }
}

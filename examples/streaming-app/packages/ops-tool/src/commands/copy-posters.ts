import { logger } from "@tideline/shared";
import { mirror } from "../services/mirror.ts";
import { titlesOf } from "../services/us-data.ts";

/** Posters and running times of the titles of a region: what the mirror is for. */
export async function copyPosters(region: string) {
  const titles = await titlesOf(region);
  for (const title of titles) {
    const card = { name: title.name, minutes: Math.round(title.durationSeconds / 60) };
    await mirror(`titles/${region}/${title.id}.json`, JSON.stringify(card));
  }
  logger.info({ region, titles: titles.length }, "posters copied");
}

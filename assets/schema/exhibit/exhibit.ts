import { checkExhibit } from './check-exhibit.ts';
import { exhibitShape } from './exhibit-shape.ts';

/** An exhibit as it is written: its parts must name each other rightly. */
export const exhibit = exhibitShape.superRefine(checkExhibit).meta({ id: 'Exhibit' });
